"""What people can do with a paper: draft, examine, sign, issue, serve, file. Issuing and serving move the case."""

from casemgr.documents.actions.drafting import DRAFTING
from casemgr.documents.actions.issue import ISSUE
from casemgr.documents.actions.noticing import NOTICING
from casemgr.documents.actions.serving import SERVING
from casemgr.documents.actions.unreached import UNREACHED

ACTIONS = (*DRAFTING, *ISSUE, *SERVING, *UNREACHED, *NOTICING)
