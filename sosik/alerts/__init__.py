"""Who is told.

    match.py        which rules want to hear of an event
    compose.py      what the mail says (templates/)
    stop.py         how a subscriber stops it
    mail.py         the message as it travels
    channels/       how it leaves: SMTP, or a folder of .eml files

Matching and sending are flows of their own (sosik/app/flows/alerts.py): a message is queued in the transaction that
moves the matcher's cursor, and sent later, as often as it takes.
"""
