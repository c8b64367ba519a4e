package io.bindery.aggregate.internal.plan;

import io.bindery.source.Column;
import io.bindery.source.SortKey;
import java.util.List;

/**
 * A planned aggregate.
 *
 * @param node its last step; it may have further columns behind those of the answer
 * @param columns the columns of the answer
 * @param page the order in which a next page can follow, or empty
 */
record Answer(Node node, List<Column> columns, List<SortKey> page) {}
