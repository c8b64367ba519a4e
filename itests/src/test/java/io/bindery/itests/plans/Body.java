package io.bindery.itests.plans;

import java.util.List;
import java.util.Set;

/**
 * The rows of an aggregate before select, order and limit.
 *
 * @param cols the columns that can be named
 * @param visible how many of them are in the answer when nothing is selected
 * @param sql a query with these columns
 * @param sequence what SQL sorts the rows by when nothing else is said; empty when that is open
 * @param unique columns that no two rows have in common; empty when none are known
 * @param given the exact order in which the rows of each bind come; empty when that is open
 */
record Body(
    List<Col> cols,
    int visible,
    String sql,
    String sequence,
    Set<String> unique,
    List<String> given) {
  List<Col> shown() {
    return cols.subList(0, visible);
  }
}
