"""Delivery notices as real mail servers write them, about a message of ours."""

from __future__ import annotations

from email.message import EmailMessage, Message
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText


def standard(
    original: str,
    address: str,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    said: str = "smtp; 550 5.1.1 <x>: Recipient address rejected: User unknown",
    final: str = "",
    sender: str = "MAILER-DAEMON@mx.example.vn",
) -> bytes:
    """Postfix, Exchange, Gmail: RFC 3464, with the head of our message behind."""
    report = MIMEMultipart("report")
    report.set_param("report-type", "delivery-status")
    report["From"], report["Subject"] = (
        f"Mail Delivery System <{sender}>",
        "Undelivered Mail Returned to Sender",
    )
    report["To"], report["Message-ID"] = "baocao@tanchau.example.vn", "<notice-1@mx.example.vn>"
    report["Auto-Submitted"] = "auto-replied"
    report.attach(MIMEText("This is the mail system at host mx.example.vn.", "plain", "utf-8"))
    status_part = MIMEBase("message", "delivery-status")
    of_message, of_recipient = Message(), Message()
    of_message["Reporting-MTA"] = "dns; mx.example.vn"
    if final:
        of_recipient["Original-Recipient"] = f"rfc822;{address}"
    of_recipient["Final-Recipient"] = f"rfc822; {final or address}"
    of_recipient["Action"], of_recipient["Status"] = action, status
    of_recipient["Diagnostic-Code"] = said
    status_part.set_payload([of_message, of_recipient])
    report.attach(status_part)
    head = Message()
    head["Message-ID"], head["Subject"] = original, "Reminder"
    head.set_payload("")
    report.attach(MIMEMessage(head, "rfc822"))
    return report.as_bytes()


def exim(original: str, address: str, said: str = "550 5.1.1 User unknown") -> bytes:
    """Exim before it learnt the standard: a head field, text, and a copy of the message behind it."""
    message = EmailMessage()
    message["From"], message["Subject"] = (
        "Mail Delivery System <Mailer-Daemon@mx.example.vn>",
        "Mail delivery failed",
    )
    message["X-Failed-Recipients"], message["Return-Path"] = address, "<>"
    message.set_content(
        "This message was created automatically by mail delivery software.\n\n"
        "A message that you sent could not be delivered to one or more of its recipients.\n\n"
        f"  {address}\n    SMTP error from remote mail server after RCPT TO:\n    {said}\n\n"
        "------ This is a copy of the message, including all the headers. ------\n\n"
        f"Message-ID: {original}\nTo: {address}\nSubject: Reminder\n"
    )
    return message.as_bytes()


def qmail(original: str, address: str, said: str = "Sorry, no mailbox here by that name. (#5.1.1)") -> bytes:
    """qmail: plain text, addresses in brackets."""
    message = EmailMessage()
    message["From"], message["Subject"] = "MAILER-DAEMON@mx.example.vn", "failure notice"
    message.set_content(
        "Hi. This is the qmail-send program at mx.example.vn.\nI'm afraid I wasn't able to deliver your message.\n\n"
        f"<{address}>:\n{said}\n\n--- Below this line is a copy of the message.\n\n"
        f"Return-Path: <baocao@tanchau.example.vn>\nMessage-ID: {original}\nSubject: Reminder\n"
    )
    return message.as_bytes()


KINDS = {"standard": standard, "exim": exim, "qmail": qmail}
