from casemgr.documents.volumes.actions.appraising import APPRAISING
from casemgr.documents.volumes.actions.freezing import FREEZING
from casemgr.documents.volumes.actions.handing_out import HANDING_OUT
from casemgr.documents.volumes.actions.keeping import KEEPING
from casemgr.documents.volumes.actions.preparing import PREPARING
from casemgr.documents.volumes.actions.retention import RETENTION

ACTIONS = (*PREPARING, *FREEZING, *KEEPING, *APPRAISING, *RETENTION, *HANDING_OUT)

__all__ = ["ACTIONS"]
