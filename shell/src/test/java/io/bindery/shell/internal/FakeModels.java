package io.bindery.shell.internal;

import io.bindery.model.ModelStatus;
import io.bindery.model.Models;
import io.bindery.source.Cancellation;
import io.bindery.source.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives the rows that a test prepared, and remembers what was called. */
final class FakeModels implements Models {
  final List<ModelStatus> models = new ArrayList<>();
  final List<String> calls = new ArrayList<>();
  List<Column> columns = List.of();
  FakeRows rows = FakeRows.of(List.of());

  @Override
  public List<ModelStatus> models() {
    return models;
  }

  @Override
  public <T> T mapper(Class<T> mapper, String bindKey) {
    throw new UnsupportedOperationException("commands call by name");
  }

  @Override
  public CalledRows call(
      String mapper,
      String method,
      Map<String, String> parameters,
      @Nullable String bindKey,
      Duration timeout,
      Cancellation cancellation) {
    calls.add(mapper + "|" + method + "|" + parameters + "|" + bindKey + "|" + timeout);
    return new CalledRows(columns, rows);
  }
}
