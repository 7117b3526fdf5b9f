"""Who is told.

    match.py        which rules want to hear of an event
    compose.py      what the mail says (templates/)
    digests.py      what a digest says
    stop.py         how a subscriber stops it
    mail.py         the message as it travels by mail
    web_post.py     a POST to an address that a subscriber gave
    channels/       how it leaves: one file a channel, found by its name

Matching and sending are flows of their own (sosik/app/flows/alerts.py): a message is queued in the transaction that
moves the matcher's cursor, and sent later, as often as it takes.
"""
