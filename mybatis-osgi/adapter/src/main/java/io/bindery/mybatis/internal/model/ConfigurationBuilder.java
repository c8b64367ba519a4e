package io.bindery.mybatis.internal.model;

import io.bindery.mybatis.internal.reading.ReadingConfiguration;
import io.bindery.mybatis.internal.session.Failures;
import io.bindery.mybatis.internal.session.ThreadLoader;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.ibatis.builder.BuilderException;
import org.apache.ibatis.builder.xml.XMLMapperBuilder;
import org.apache.ibatis.executor.ErrorContext;
import org.apache.ibatis.session.AutoMappingUnknownColumnBehavior;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.LocalCacheScope;
import org.jspecify.annotations.Nullable;

/** Builds MyBatis' configuration of one model for one kind of database. Connects nowhere. */
final class ConfigurationBuilder {
  private final ClassLoader loader;
  private final String origin;
  private final Map<Class<?>, byte[]> mappers;
  private final BooleanSupplier compiled;

  /**
   * A builder for one life of a model.
   *
   * @param loader the model's class loader
   * @param origin the bundle, for the names of resources in messages
   * @param mappers the interfaces, each with its XML, which is empty for none
   * @param compiled whether rows are read by compiled readers; asked at each statement
   */
  ConfigurationBuilder(
      ClassLoader loader, String origin, Map<Class<?>, byte[]> mappers, BooleanSupplier compiled) {
    this.loader = loader;
    this.origin = origin;
    this.mappers = mappers;
    this.compiled = compiled;
  }

  /**
   * Builds.
   *
   * @param databaseId the name that {@code databaseId} compares with, or null for none
   * @return what sessions need; never changed afterwards
   * @throws RuntimeException what MyBatis says is wrong
   */
  ReadingConfiguration build(@Nullable String databaseId) {
    ReadingConfiguration configuration = new ReadingConfiguration(compiled);
    configuration.setDatabaseId(databaseId);
    configuration.setObjectFactory(new RecordFactory());
    configuration.setCacheEnabled(false);
    configuration.setLocalCacheScope(LocalCacheScope.STATEMENT);
    configuration.setLazyLoadingEnabled(false);
    configuration.setDefaultExecutorType(ExecutorType.SIMPLE);
    configuration.setMapUnderscoreToCamelCase(true);
    configuration.setArgNameBasedConstructorAutoMapping(true);
    configuration.setAutoMappingUnknownColumnBehavior(AutoMappingUnknownColumnBehavior.WARNING);
    try (ThreadLoader ignored = ThreadLoader.use(loader)) {
      for (Map.Entry<Class<?>, byte[]> mapper : mappers.entrySet()) {
        try {
          add(configuration, mapper.getKey(), mapper.getValue());
        } catch (LinkageError | RuntimeException e) {
          throw refused(mapper.getKey(), e);
        }
      }
      configuration.getMappedStatements(); // resolves what refers to later mappers, or throws
      return configuration;
    } finally {
      ErrorContext.instance().reset();
    }
  }

  private static BuilderException refused(Class<?> mapper, Throwable e) {
    BuilderException refused =
        new BuilderException(
            "'%s': %s%s".formatted(mapper.getSimpleName(), Failures.rootMessage(e), remedy(e)));
    refused.addSuppressed(e); // no cause, as the message says it all and the innermost is shown
    return refused;
  }

  /**
   * What to do about a class that cannot be found; empty for other failures.
   *
   * @param failure what was caught
   */
  static String remedy(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ClassNotFoundException || t instanceof LinkageError) {
        return "; write the full name of a class that the bundle holds, or whose package it"
            + " imports";
      }
    }
    return "";
  }

  /** The XML first: what it names is then found under the model's loader, whatever MyBatis does. */
  private void add(Configuration configuration, Class<?> mapper, byte[] xml) {
    if (xml.length > 0) {
      String resource = origin + ":" + mapper.getName().replace('.', '/') + ".xml";
      new XMLMapperBuilder(
              new ByteArrayInputStream(xml),
              configuration,
              resource,
              configuration.getSqlFragments())
          .parse();
    }
    if (!configuration.hasMapper(mapper)) {
      configuration.addMapper(mapper);
    }
  }
}
