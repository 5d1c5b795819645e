"""What check-builds is made of: stand-ins for what builds fetch, engines, and what is asked of the images."""
