package io.bindery.aggregate.internal.plan;

import io.bindery.source.Column;
import java.util.List;

/**
 * A planned aggregate.
 *
 * @param node its last step; it may have further columns behind those of the answer
 * @param columns the columns of the answer
 */
record Answer(Node node, List<Column> columns) {}
