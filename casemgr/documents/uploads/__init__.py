"""Files people bring: materials of a case, stamped scans and sealed files of an issued paper."""
