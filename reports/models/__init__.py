from reports.models.assurance import Assurance, Register
from reports.models.reports import REPORT_LIFECYCLE, Figures, Remark, Report, ReportTurn
