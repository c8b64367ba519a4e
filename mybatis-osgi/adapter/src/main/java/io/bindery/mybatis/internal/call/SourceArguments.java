package io.bindery.mybatis.internal.call;

import io.bindery.mybatis.internal.model.MapperMethods;
import io.bindery.mybatis.internal.model.SourceMethod;
import io.bindery.mybatis.internal.model.SourcePushdown;
import io.bindery.source.Column;
import io.bindery.source.KeyRange;
import io.bindery.source.SourceRequest;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request for a source as the values of its method's parameters. */
final class SourceArguments {
  private final SourceMethod source;
  private final Map<String, Object> values;

  private SourceArguments(SourceMethod source, Map<String, Object> given) {
    this.source = source;
    this.values = new HashMap<>(given);
  }

  /** The values by parameter name; what is not wanted or does not fit is left out. */
  static Map<String, Object> of(SourceMethod source, SourceRequest request) {
    SourceArguments arguments = new SourceArguments(source, request.parameters());
    if (!source.declared().limit().isEmpty() && request.limit() < Long.MAX_VALUE) {
      arguments.add(source.declared().limit(), request.limit());
    }
    Set<String> wanted = wantedColumns(source, request);
    if (!source.declared().columns().isEmpty() && !wanted.isEmpty()) {
      arguments.add(source.declared().columns(), wanted);
    }
    for (KeyRange range : request.ranges()) {
      if (source.shape().pushdown().ranges().contains(range.column())) {
        arguments.add(SourcePushdown.from(range.column()), range.from());
        arguments.add(SourcePushdown.to(range.column()), range.to());
      }
    }
    return arguments.values;
  }

  /** A mapper may write them into its statement, so only names that the source has itself. */
  private static Set<String> wantedColumns(SourceMethod source, SourceRequest request) {
    Set<String> wanted = new LinkedHashSet<>();
    for (Column column : source.shape().columns()) {
      if (request.columns().contains(column.name())) {
        wanted.add(column.name());
      }
    }
    return wanted;
  }

  private void add(String name, @Nullable Object value) {
    for (MapperMethods.Named parameter : MapperMethods.parameters(source.method())) {
      if (value != null && parameter.name().equals(name)) {
        try {
          values.put(name, TextValues.fit(value, parameter.type()));
        } catch (IllegalArgumentException e) {
          return; // too large for the parameter, and then no bound at all
        }
      }
    }
  }
}
