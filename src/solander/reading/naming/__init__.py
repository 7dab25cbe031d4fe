"""What elements are called, and what that says of them: by class, ``id``, ``role``, microdata and heading."""
