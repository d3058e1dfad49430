"""Back ends of the exact top-k (see ``matching.kernel``) and the way loops are compiled."""
