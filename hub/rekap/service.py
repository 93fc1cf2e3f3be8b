"""The life of a rekap: draft, submit, take back, approve, return, reopen, as hub/rekap/moves.py allows."""

from hub.rekap.arrivals import ApartError as ApartError
from hub.rekap.arrivals import Arrivals as Arrivals
from hub.rekap.decisions import Decisions
from hub.rekap.receipt import Receipt as Receipt
from hub.rekap.sending import Sending
from hub.rekap.sending import check_head as check_head


class RekapWorkflow(Sending, Decisions):
    """Raises NotAuthorisedError and RevisionConflictError; everything else that is wrong with a rekap is in Refused."""
