"""What the judges of scripts/ share. Nothing here knows cudagen's own sources."""
