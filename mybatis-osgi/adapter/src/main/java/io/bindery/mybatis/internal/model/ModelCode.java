package io.bindery.mybatis.internal.model;

import io.bindery.bind.BindLease;
import io.bindery.mybatis.internal.reading.ReadingConfiguration;
import io.bindery.mybatis.internal.reading.RowPlan;
import io.bindery.mybatis.internal.session.InFlight;
import io.bindery.mybatis.internal.session.MapperSession;
import io.bindery.mybatis.internal.session.UnitTransaction;
import io.bindery.source.Deadline;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ibatis.mapping.MappedStatement;

/**
 * One life of a model: its classes under one wiring of its bundle, and what MyBatis made of them.
 * Dropped as a whole when the bundle stops. Safe for all threads.
 */
public final class ModelCode {
  private final String name;
  private final ClassLoader loader;
  private final List<Class<?>> mappers;
  private final Map<String, SourceMethod> sources;
  private final ConfigurationBuilder builder;
  private final Map<String, ReadingConfiguration> configurations = new ConcurrentHashMap<>();
  private final InFlight inFlight = new InFlight();

  ModelCode(
      String name,
      ClassLoader loader,
      Set<Class<?>> mappers,
      Map<String, SourceMethod> sources,
      ConfigurationBuilder builder) {
    this.name = name;
    this.loader = loader;
    this.mappers = List.copyOf(mappers);
    this.sources = Map.copyOf(sources);
    this.builder = builder;
  }

  /** The model's name. */
  public String name() {
    return name;
  }

  /** The class loader of the model's bundle. */
  public ClassLoader loader() {
    return loader;
  }

  /** The mapper interfaces. */
  public List<Class<?>> mappers() {
    return mappers;
  }

  /** The sources by name. */
  public Map<String, SourceMethod> sources() {
    return sources;
  }

  /**
   * A source that this life of the model offers.
   *
   * @param shape what it must promise
   * @return empty when the model has it no longer, or otherwise
   */
  public Optional<SourceMethod> source(SourceShape shape) {
    return Optional.ofNullable(sources.get(shape.name()))
        .filter(source -> source.shape().equals(shape));
  }

  /**
   * MyBatis' configuration for a kind of database, built at the first call.
   *
   * @param databaseId the name that {@code databaseId} compares with
   */
  private ReadingConfiguration configuration(String databaseId) {
    return configurations.computeIfAbsent(databaseId, builder::build);
  }

  /**
   * Opens a session that is alone.
   *
   * @param lease the generation to work on; closed with the session
   * @param deadline until when its statements may run
   */
  public MapperSession session(BindLease lease, Deadline deadline) {
    try {
      return MapperSession.alone(configuration(lease.databaseId()), loader, lease, deadline);
    } catch (RuntimeException | Error e) {
      try (lease) {
        throw e;
      }
    }
  }

  /**
   * Opens a session of a unit of work.
   *
   * @param transaction the unit's work on one bind
   */
  public MapperSession session(UnitTransaction transaction) {
    return MapperSession.joined(
        configuration(transaction.lease().databaseId()), loader, transaction);
  }

  /**
   * How the rows of a method's statement were read last.
   *
   * @param mapper one of the mapper interfaces
   * @param method one of its methods
   * @return empty before the first rows; where databases differ, one that MyBatis reads itself
   */
  public Optional<RowPlan> rowPlan(Class<?> mapper, Method method) {
    RowPlan found = null;
    for (ReadingConfiguration configuration : configurations.values()) {
      MappedStatement statement = StatementCheck.statement(configuration, mapper, method);
      RowPlan plan = statement == null ? null : configuration.plans().last(statement.getId());
      if (plan instanceof RowPlan.Mybatis) {
        return Optional.of(plan);
      }
      found = plan == null ? found : plan;
    }
    return Optional.ofNullable(found);
  }

  /** The calls and readings that use this code. */
  public InFlight inFlight() {
    return inFlight;
  }

  /** Forgets what static caches hold of the classes. To be called when nothing is in flight. */
  public void forget() {
    configurations.clear();
    OgnlSweep.forget(loader);
  }
}
