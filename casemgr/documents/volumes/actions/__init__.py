from casemgr.documents.volumes.actions.appraising import APPRAISING
from casemgr.documents.volumes.actions.freezing import FREEZING
from casemgr.documents.volumes.actions.handing_out import HANDING_OUT
from casemgr.documents.volumes.actions.keeping import KEEPING
from casemgr.documents.volumes.actions.preparing import PREPARING

ACTIONS = (*PREPARING, *FREEZING, *KEEPING, *APPRAISING, *HANDING_OUT)

__all__ = ["ACTIONS"]
