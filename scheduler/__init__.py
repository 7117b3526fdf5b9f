"""When things run.

    work.py       what is handed in: a job, and the firing that its work is called with
    firings.py    the instants of a cron line, in Korea
    runner.py     claims a firing in the ledger, runs it under a lease, and records what became of it
    heartbeat.py  keeps a lease alive, and notices when it is lost
    timetable.py  APScheduler: wakes up at the firings, and now and then for what was left undone

APScheduler's own job stores must never be shared, so each process keeps its timetable in memory. That a firing is run
once, by one of however many schedulers there are, is the ledger's doing.
"""
