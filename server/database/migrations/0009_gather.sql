-- Statistics are gathered after a list and after a comparison: pages join these tables too.
GRANT MAINTAIN ON school, school_class, place, finding, proposal TO baoxue_loader;
