"""Review of closed files, the office's own rules, time per stage, model cases."""
