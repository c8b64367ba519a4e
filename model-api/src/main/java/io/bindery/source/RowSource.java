package io.bindery.source;

import io.bindery.error.BinderyException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Rows of one bind, offered for merging. It is registered as a service with {@link #SOURCE}, {@link
 * #MODEL} and the bind's {@code bind.key}, {@code bind.type} and {@code label.*}, whatever the
 * bind's state. Safe for all threads; each reader is for one.
 */
@ConsumerType
public interface RowSource {
  /** Service property: the source's name, a String. */
  String SOURCE = "source";

  /** Service property: the name of the model that offers it, a String. */
  String MODEL = "model";

  /**
   * Service property: the name of the source whose rows this one has pre-grouped, a String; only
   * there when {@link #grouping} is.
   */
  String GROUPING_OF = "grouping.of";

  /** The source's name. */
  String name();

  /** The key of the bind that the rows come from. */
  String bindKey();

  /** The columns of each row. */
  List<Column> columns();

  /** The names of the columns that identify a row; empty when none is declared. */
  List<String> key();

  /** The order of the rows; empty when it is not known. The reader checks it. */
  List<SortKey> order();

  /** The parameters that narrow the rows; all may be left out. */
  List<Parameter> parameters();

  /** What else of a request narrows the rows or saves work. */
  default Pushdown pushdown() {
    return Pushdown.NONE;
  }

  /** What it has of the rows of another source; null when it is no pre-grouped form of one. */
  default @Nullable Grouping grouping() {
    return null;
  }

  /**
   * Tells what opens readers now from what opened them before: another text whenever the code, its
   * statement or the database behind the source may be another one, and while one is being
   * replaced, that of the one to come. Whoever reads several sources as one compares it when the
   * sources are open with what it was before: readers of one text belong together. Reads memory
   * only.
   */
  default String revision() {
    return "";
  }

  /**
   * Sends the statement and waits for its first answer. A bind that is starting, or whose model or
   * type is being replaced, is waited for within the deadline. A caller that does not want the rows
   * any more cancels the request from another thread; the opening then stops what it waits for, in
   * the database too, and throws. It is never interrupted for that.
   *
   * @param request what is wanted
   * @return the rows, which the caller closes
   * @throws SourceWithdrawnException when the source was removed before a row was read
   * @throws BinderyException UNAVAILABLE, TIMEOUT, QUERY or CONFIGURATION, naming bind and cause
   */
  RowReader open(SourceRequest request);
}
