namespace sojourn::models {}
