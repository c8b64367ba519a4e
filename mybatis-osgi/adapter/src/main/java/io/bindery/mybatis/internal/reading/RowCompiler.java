package io.bindery.mybatis.internal.reading;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.ibatis.executor.resultset.ResultSetWrapper;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.mapping.ResultMap;
import org.apache.ibatis.mapping.ResultMapping;
import org.apache.ibatis.mapping.StatementType;
import org.apache.ibatis.reflection.MetaClass;
import org.apache.ibatis.session.AutoMappingBehavior;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.type.TypeHandlerRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Decides once for a statement and the columns of its result what MyBatis decides for each row:
 * which columns there are for which arguments and properties, and by which type handlers.
 */
final class RowCompiler {
  private final MappedStatement statement;
  private final Configuration configuration;
  private final ResultMap map;
  private final Class<?> type;
  private final ResultSetWrapper result;

  /**
   * A compiler for one kind of rows.
   *
   * @param statement the statement
   * @param map its result map
   * @param result a result of it
   */
  RowCompiler(MappedStatement statement, ResultMap map, ResultSetWrapper result) {
    this.statement = statement;
    this.configuration = statement.getConfiguration();
    this.map = map;
    this.type = map.getType();
    this.result = result;
  }

  /**
   * How the rows are read.
   *
   * @throws SQLException when the driver cannot describe them
   */
  RowPlan plan() throws SQLException {
    String reason = notFlat();
    if (reason != null) {
      return new RowPlan.Mybatis(reason);
    }
    try {
      return isOneValue() ? new RowPlan.Compiled(value(), null, "") : object();
    } catch (NotCompiledException e) {
      return new RowPlan.Mybatis(e.reason());
    }
  }

  private @Nullable String notFlat() {
    if (statement.getStatementType() == StatementType.CALLABLE) {
      return "it calls a procedure";
    }
    if (statement.getResultMaps().size() != 1 || statement.getResultSets() != null) {
      return "it has several results";
    }
    if (map.getDiscriminator() != null) {
      return "a discriminator chooses its result map";
    }
    if (map.hasNestedResultMaps() || map.hasNestedQueries()) {
      return "its objects hold others: a nested result map or select";
    }
    if (map.getResultMappings().stream().anyMatch(it -> it.getResultSet() != null)) {
      return "it has several results";
    }
    if (Map.class.isAssignableFrom(type)
        || Collection.class.isAssignableFrom(type)
        || type.isInterface()) {
      return "its rows are of type %s, not of a class of yours".formatted(type.getSimpleName());
    }
    return null;
  }

  private boolean isOneValue() {
    TypeHandlerRegistry handlers = configuration.getTypeHandlerRegistry();
    List<String> names = result.getColumnNames();
    return names.size() == 1
        ? handlers.hasTypeHandler(type, result.getJdbcType(names.get(0)))
        : handlers.hasTypeHandler(type);
  }

  private RowReader value() throws SQLException, NotCompiledException {
    String column =
        map.getResultMappings().isEmpty()
            ? result.getColumnNames().get(0)
            : map.getResultMappings().get(0).getColumn();
    if (!result.getColumnNames().contains(column)) {
      throw NotCompiledException.missing(column);
    }
    return ColumnReader.of(result.getTypeHandler(type, column), column, result)::read;
  }

  private RowPlan object() throws SQLException, NotCompiledException {
    boolean auto =
        map.getAutoMapping() == null
            ? configuration.getAutoMappingBehavior() != AutoMappingBehavior.NONE
            : map.getAutoMapping();
    ConstructorPlan constructor = new ConstructorCompiler(configuration, map, result).plan(auto);
    List<PropertyPlan> properties = new ArrayList<>();
    MetaClass meta = MetaClass.forClass(type, configuration.getReflectorFactory());
    if (auto) {
      addAutomatic(meta, constructor, properties);
    }
    Set<String> present = result.getMappedColumnNames(map, null);
    for (ResultMapping mapping : map.getPropertyResultMappings()) {
      String column = mapping.getColumn();
      if (column == null || mapping.getProperty() == null || mapping.isCompositeResult()) {
        throw new NotCompiledException("its result map has a property without a column");
      }
      if (present.contains(column.toUpperCase(Locale.ENGLISH))) {
        ColumnReader reader = ColumnReader.of(mapping.getTypeHandler(), column, result);
        properties.add(property(meta, mapping.getProperty(), reader));
      }
    }
    boolean evenOfNothing = configuration.isReturnInstanceForEmptyRow();
    RowReader reader =
        new ObjectReader(constructor, properties.toArray(PropertyPlan[]::new), evenOfNothing);
    String objection =
        properties.isEmpty() && !evenOfNothing
            ? PlainRecord.objection(constructor)
            : "they are more than their constructor makes";
    return new RowPlan.Compiled(
        reader,
        objection == null ? constructor : null,
        objection == null ? "" : "objects: " + objection);
  }

  private void addAutomatic(
      MetaClass meta, ConstructorPlan constructor, List<PropertyPlan> properties)
      throws SQLException, NotCompiledException {
    List<String> columns = new ArrayList<>(result.getUnmappedColumnNames(map, null));
    columns.removeAll(constructor.automatic());
    for (String column : columns) {
      String property = meta.findProperty(column, configuration.isMapUnderscoreToCamelCase());
      Class<?> known =
          property != null && meta.hasSetter(property) ? meta.getSetterType(property) : null;
      if (known != null && map.getMappedProperties().contains(property)) {
        continue;
      }
      if (property != null
          && known != null
          && configuration
              .getTypeHandlerRegistry()
              .hasTypeHandler(known, result.getJdbcType(column))) {
        ColumnReader reader = ColumnReader.of(result.getTypeHandler(known, column), column, result);
        properties.add(property(meta, property, reader));
      } else {
        configuration
            .getAutoMappingUnknownColumnBehavior()
            .doAction(statement, column, property == null ? column : property, known);
      }
    }
  }

  private PropertyPlan property(MetaClass meta, String property, ColumnReader reader)
      throws NotCompiledException {
    if (property.indexOf('.') >= 0 || property.indexOf('[') >= 0) {
      throw new NotCompiledException(
          "the property '%s' is one of another object".formatted(property));
    }
    boolean nulls =
        configuration.isCallSettersOnNulls() && !meta.getSetterType(property).isPrimitive();
    return new PropertyPlan(reader, property, meta.getSetInvoker(property), nulls, configuration);
  }
}
