package ${package};

/** A row: its components are the columns of the source. */
record Item(int id, String name, int inStock) {}
