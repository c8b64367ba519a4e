package io.bindery.mybatis.internal.model;

import java.lang.reflect.Method;
import java.util.List;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.mapping.ResultMap;
import org.apache.ibatis.mapping.ResultMapping;
import org.apache.ibatis.session.Configuration;
import org.jspecify.annotations.Nullable;

/** Checks that every method of a mapper has a statement that can work here. */
final class StatementCheck {
  private final List<Configuration> configurations;
  private final List<String> problems;

  /**
   * A check.
   *
   * @param configurations the model's configuration for each database id that it names, and none
   * @param problems what is wrong is added here, each with the method's name
   */
  StatementCheck(List<Configuration> configurations, List<String> problems) {
    this.configurations = configurations;
    this.problems = problems;
  }

  /**
   * Checks one mapper.
   *
   * @param mapper the interface
   */
  void check(Class<?> mapper) {
    for (Method method : MapperMethods.callable(mapper)) {
      if (MapperMethods.needsStatement(method)) {
        check(mapper, method);
      }
    }
  }

  private void check(Class<?> mapper, Method method) {
    boolean found = false;
    for (Configuration configuration : configurations) {
      MappedStatement statement = statement(configuration, mapper, method);
      found |= statement != null;
      if (statement != null
          && Cursor.class.isAssignableFrom(method.getReturnType())
          && hasNestedQuery(statement)) {
        problem(
            mapper,
            method,
            "a nested select cannot run while a Cursor is read; use a join, or return a List");
        return;
      }
    }
    if (!found) {
      problem(
          mapper,
          method,
          ("no statement; annotate the method, for instance with @Select, or write <select"
                  + " id=\"%s\"> in %s.xml beside the interface")
              .formatted(method.getName(), mapper.getSimpleName()));
    }
  }

  /**
   * The statement of a method, also when a super-interface declares it.
   *
   * @param configuration where to look
   * @param mapper the interface that is called
   * @param method the method
   */
  static @Nullable MappedStatement statement(
      Configuration configuration, Class<?> mapper, Method method) {
    for (Class<?> owner : List.of(mapper, method.getDeclaringClass())) {
      String id = owner.getName() + "." + method.getName();
      if (configuration.hasStatement(id, false)) {
        return configuration.getMappedStatement(id, false);
      }
    }
    return null;
  }

  private static boolean hasNestedQuery(MappedStatement statement) {
    return statement.getResultMaps().stream()
        .map(ResultMap::getResultMappings)
        .flatMap(List::stream)
        .map(ResultMapping::getNestedQueryId)
        .anyMatch(id -> id != null);
  }

  private void problem(Class<?> mapper, Method method, String what) {
    problems.add("'%s': %s".formatted(MapperMethods.nameOf(mapper, method), what));
  }
}
