package io.bindery.mybatis.internal.reading;

import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.ibatis.annotations.AutomapConstructor;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.executor.resultset.ResultSetWrapper;
import org.apache.ibatis.mapping.ResultMap;
import org.apache.ibatis.mapping.ResultMapping;
import org.apache.ibatis.session.Configuration;

/** Finds the constructor of a result map's type, and a column for each argument. */
final class ConstructorCompiler {
  private final Configuration configuration;
  private final Class<?> type;
  private final ResultMap map;
  private final ResultSetWrapper result;
  private final List<ColumnReader> readers = new ArrayList<>();
  private final List<String> columns = new ArrayList<>();

  ConstructorCompiler(Configuration configuration, ResultMap map, ResultSetWrapper result) {
    this.configuration = configuration;
    this.type = map.getType();
    this.map = map;
    this.result = result;
  }

  /**
   * The way to make objects.
   *
   * @param auto whether columns may be arguments because of their names
   * @throws SQLException when the result is closed
   * @throws NotCompiledException when MyBatis must find it, or fail
   */
  ConstructorPlan plan(boolean auto) throws SQLException, NotCompiledException {
    List<ResultMapping> mappings = map.getConstructorResultMappings();
    if (!mappings.isEmpty()) {
      Class<?>[] types = mappings.stream().map(ResultMapping::getJavaType).toArray(Class<?>[]::new);
      for (ResultMapping mapping : mappings) {
        addExplicit(mapping);
      }
      return made(declared(types), true);
    }
    if (configuration.getReflectorFactory().findForClass(type).hasDefaultConstructor()) {
      return made(declared(), false);
    }
    if (!auto || !configuration.isArgNameBasedConstructorAutoMapping()) {
      throw new NotCompiledException("its constructor takes columns by their order");
    }
    Constructor<?> constructor = automatic();
    for (Parameter parameter : constructor.getParameters()) {
      addByName(parameter);
    }
    return made(constructor, false);
  }

  private ConstructorPlan made(Constructor<?> constructor, boolean explicit)
      throws NotCompiledException {
    return new ConstructorPlan(
        constructor, readers, columns, explicit, configuration.getObjectFactory());
  }

  private Constructor<?> declared(Class<?>... types) throws NotCompiledException {
    try {
      return type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new NotCompiledException("its class has no such constructor");
    }
  }

  private void addExplicit(ResultMapping mapping) throws SQLException, NotCompiledException {
    String column = mapping.getColumn();
    if (column == null || mapping.isCompositeResult()) {
      throw new NotCompiledException("its result map has an argument without a column");
    }
    ColumnReader reader = ColumnReader.of(mapping.getTypeHandler(), column, result);
    columns.add(column);
    readers.add(new ArgumentReader(reader, mapping));
  }

  private Constructor<?> automatic() throws NotCompiledException {
    Constructor<?>[] all = type.getDeclaredConstructors();
    if (all.length == 1) {
      return all[0];
    }
    List<Constructor<?>> annotated =
        Stream.of(all).filter(it -> it.isAnnotationPresent(AutomapConstructor.class)).toList();
    if (annotated.size() != 1) {
      throw new NotCompiledException("its class has several constructors");
    }
    return annotated.get(0);
  }

  private void addByName(Parameter parameter) throws SQLException, NotCompiledException {
    Param named = parameter.getAnnotation(Param.class);
    String name = named == null ? parameter.getName() : named.value();
    List<String> found =
        result.getColumnNames().stream()
            .filter(
                it ->
                    name.equalsIgnoreCase(
                        configuration.isMapUnderscoreToCamelCase() ? it.replace("_", "") : it))
            .toList();
    if (found.size() != 1) {
      throw new NotCompiledException(
          "its result has %s column for the argument '%s'"
              .formatted(found.isEmpty() ? "no" : "more than one", name));
    }
    String column = found.get(0);
    columns.add(column);
    readers.add(
        ColumnReader.of(result.getTypeHandler(parameter.getType(), column), column, result));
  }
}
