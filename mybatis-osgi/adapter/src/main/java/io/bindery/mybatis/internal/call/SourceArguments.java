package io.bindery.mybatis.internal.call;

import io.bindery.mybatis.internal.model.MapperMethods;
import io.bindery.mybatis.internal.model.SourceMethod;
import io.bindery.mybatis.internal.model.SourcePushdown;
import io.bindery.source.KeyRange;
import io.bindery.source.SourceRequest;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
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
    if (!source.declared().columns().isEmpty() && !request.columns().isEmpty()) {
      arguments.add(source.declared().columns(), new LinkedHashSet<>(request.columns()));
    }
    for (KeyRange range : request.ranges()) {
      if (source.shape().pushdown().ranges().contains(range.column())) {
        arguments.add(SourcePushdown.from(range.column()), range.from());
        arguments.add(SourcePushdown.to(range.column()), range.to());
      }
    }
    return arguments.values;
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
