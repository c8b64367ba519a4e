package io.bindery.mybatis.internal.seat;

import io.bindery.mybatis.internal.call.Units;
import io.bindery.mybatis.internal.model.ModelCode;
import io.bindery.mybatis.internal.model.SourceShape;
import io.bindery.source.RowSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * The services that one model gives on one bind. Mapper services are registered in the model
 * bundle's context and live as long as its code; row sources in the adapter's, so that they stand
 * while the code is replaced. Used by one thread at a time.
 */
final class Offer {
  private final String model;
  private final BindEntry bind;
  private final CodeSlot slot;
  private final Supplier<Optional<Trouble>> trouble;
  private final BundleContext adapter;
  private final Units units;

  private final List<ServiceRegistration<?>> mappers = new ArrayList<>();
  private final Map<String, Standing> sources = new HashMap<>();
  private @Nullable ModelCode mappersOf;
  private Dictionary<String, Object> properties;

  Offer(
      String model,
      BindEntry bind,
      CodeSlot slot,
      Supplier<Optional<Trouble>> trouble,
      BundleContext adapter,
      Units units) {
    this.model = model;
    this.bind = bind;
    this.slot = slot;
    this.trouble = trouble;
    this.adapter = adapter;
    this.units = units;
    this.properties = bind.properties();
  }

  /**
   * Gives what a model has.
   *
   * @param code the model's code, or null while there is none: mappers go then
   * @param promised the sources of the model, which stand with and without code
   * @param context the model bundle's context
   */
  void give(@Nullable ModelCode code, Collection<SourceShape> promised, BundleContext context) {
    followProperties();
    if (mappersOf != code) {
      withdrawMappers();
      if (code != null) {
        giveMappers(code, context);
      }
    }
    giveSources(promised);
  }

  /** Takes everything back. */
  void withdraw() {
    withdrawMappers();
    sources.values().forEach(Standing::withdraw);
    sources.clear();
  }

  private void giveMappers(ModelCode code, BundleContext context) {
    mappersOf = code;
    for (Class<?> mapper : code.mappers()) {
      Dictionary<String, Object> described = bind.properties();
      described.put(RowSource.MODEL, model);
      Object service = units.mapper(mapper, code, bind.bind());
      mappers.add(context.registerService(mapper.getName(), service, described));
    }
  }

  private void withdrawMappers() {
    mappersOf = null;
    mappers.forEach(Offer::unregister);
    mappers.clear();
  }

  private void giveSources(Collection<SourceShape> promised) {
    Set<String> gone = new HashSet<>(sources.keySet());
    for (SourceShape shape : promised) {
      gone.remove(shape.name());
      Standing standing = sources.get(shape.name());
      if (standing == null || !standing.source().shape().equals(shape)) {
        // the new one first: whoever sees both cannot open the old one and looks again
        if (standing != null) {
          standing.source().withdraw();
        }
        sources.put(shape.name(), register(shape));
        if (standing != null) {
          standing.withdraw();
        }
      }
    }
    for (String name : gone) {
      Standing standing = sources.remove(name);
      if (standing != null) {
        standing.withdraw();
      }
    }
  }

  private Standing register(SourceShape shape) {
    StandingSource source = new StandingSource(shape, bind.bind(), slot, trouble, units);
    return new Standing(source, adapter.registerService(RowSource.class, source, describe(shape)));
  }

  private Dictionary<String, Object> describe(SourceShape shape) {
    Dictionary<String, Object> described = bind.properties();
    described.put(RowSource.SOURCE, shape.name());
    described.put(RowSource.MODEL, model);
    if (shape.grouping() != null) {
      described.put(RowSource.GROUPING_OF, shape.grouping().of());
    }
    return described;
  }

  /** A label that changed is a property that changes. */
  private void followProperties() {
    Dictionary<String, Object> now = bind.properties();
    if (now.equals(properties)) {
      return;
    }
    properties = now;
    for (ServiceRegistration<?> mapper : mappers) {
      Dictionary<String, Object> described = bind.properties();
      described.put(RowSource.MODEL, model);
      change(mapper, described);
    }
    sources.forEach(
        (name, standing) -> change(standing.registration(), describe(standing.source().shape())));
  }

  private static void change(
      ServiceRegistration<?> registration, Dictionary<String, ?> properties) {
    try {
      registration.setProperties(properties);
    } catch (IllegalStateException e) {
      // its bundle has stopped, and the service with it
    }
  }

  private static void unregister(ServiceRegistration<?> registration) {
    try {
      registration.unregister();
    } catch (IllegalStateException e) {
      // its bundle has stopped, and the service with it
    }
  }

  /** A source with its registration. */
  private record Standing(StandingSource source, ServiceRegistration<?> registration) {
    void withdraw() {
      source.withdraw();
      unregister(registration);
    }
  }
}
