package io.bindery.bind.pool.internal;

import io.bindery.bind.BindTrial;
import io.bindery.bind.BindTrials;
import io.bindery.bind.DatabaseBind;
import io.bindery.bind.pool.internal.config.BindConfiguration;
import io.bindery.bind.pool.internal.config.PlaceholderLookup;
import io.bindery.bind.pool.internal.life.BindLife;
import io.bindery.bind.pool.internal.life.Trial;
import io.bindery.bind.pool.internal.life.Workers;
import io.bindery.bind.pool.internal.type.AvailableTypes;
import io.bindery.bind.spi.BindType;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ManagedServiceFactory;

/**
 * Makes a bind of each configuration of the factory {@code bindery.bind}. ConfigAdmin's thread only
 * reads the dictionary, registers or unregisters the service, and leaves the rest to the bind.
 */
final class Binds implements ManagedServiceFactory, BindTrials, AutoCloseable {
  private final BundleContext context;
  private final AvailableTypes types;
  private final BindLife.Surroundings surroundings;
  private final Map<String, Configured> byPid = new ConcurrentHashMap<>();

  /** The binds whose configuration is gone and whose work is not done yet. */
  private final Map<BindLife, CompletableFuture<Void>> leaving = new ConcurrentHashMap<>();

  private volatile Map<String, Object> defaults = Map.of();

  private record Configured(
      String key,
      Map<String, Object> own,
      BindLife life,
      ServicePublication publication,
      JmxBind shown) {}

  Binds(BundleContext context, PlaceholderLookup lookup, Workers workers) {
    this.context = context;
    this.types = new AvailableTypes(context, this::typeCame, this::typesGo);
    this.surroundings = new BindLife.Surroundings(types, lookup, workers);
  }

  void open() {
    types.open();
  }

  @Override
  public String getName() {
    return "Bindery's binds";
  }

  @Override
  public void updated(String pid, Dictionary<String, ?> properties) {
    Map<String, Object> own = map(properties);
    Configured before = byPid.get(pid);
    String key = before == null ? key(pid) : before.key();
    BindConfiguration configuration = BindConfiguration.parse(key, own, defaults);
    if (before != null) {
      byPid.put(pid, new Configured(key, own, before.life(), before.publication(), before.shown()));
      before.life().configure(configuration);
      return;
    }
    ServicePublication publication = new ServicePublication(context);
    BindLife life = new BindLife(key, configuration, surroundings, publication);
    byPid.put(
        pid,
        new Configured(
            key, own, life, publication, JmxBind.show(life.bind(), surroundings.workers().jmx())));
    publication.register(life.bind());
    life.configure(configuration);
  }

  @Override
  public void deleted(String pid) {
    Configured gone = byPid.remove(pid);
    if (gone != null) {
      remove(gone);
    }
  }

  private void remove(Configured gone) {
    gone.publication().withdraw();
    gone.shown().close();
    CompletableFuture<Void> closed = gone.life().remove();
    leaving.put(gone.life(), closed);
    closed.whenComplete((done, failure) -> leaving.remove(gone.life()));
  }

  @Override
  public BindTrial ofBind(String key, Map<String, String> changes) {
    Map<String, Object> own =
        byPid.values().stream()
            .filter(each -> each.key().equals(key))
            .findFirst()
            .map(Configured::own)
            .orElseThrow(
                () ->
                    new BinderyException(
                        ErrorCode.CONFIGURATION, key, "bind '" + key + "': not configured", null));
    Map<String, Object> tried = new TreeMap<>(own);
    tried.putAll(changes);
    return Trial.of(BindConfiguration.parse(key, tried, defaults), surroundings);
  }

  @Override
  public BindTrial ofSettings(Map<String, String> settings) {
    Map<String, Object> own = new TreeMap<>(settings);
    return Trial.of(BindConfiguration.parse("trial", own, defaults), surroundings);
  }

  /** Takes over the values for all binds; null when there are none. */
  void defaults(@Nullable Dictionary<String, ?> properties) {
    Map<String, Object> newer = properties == null ? Map.of() : map(properties);
    if (newer.equals(defaults)) {
      return;
    }
    defaults = newer;
    byPid
        .values()
        .forEach(
            each -> each.life().configure(BindConfiguration.parse(each.key(), each.own(), newer)));
  }

  /** Secrets may have another text now. */
  void secretsChanged() {
    byPid.values().forEach(each -> each.life().secretsChanged());
  }

  private void typeCame() {
    byPid.values().forEach(each -> each.life().typeCame());
  }

  private void typesGo(Collection<? extends BindType> gone) {
    List<BindLife> all =
        Stream.concat(byPid.values().stream().map(Configured::life), leaving.keySet().stream())
            .toList();
    join(gone.stream().flatMap(type -> all.stream().map(each -> each.typeGoes(type))));
  }

  private static void join(Stream<CompletableFuture<Void>> all) {
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
  }

  /** Unregisters all binds, lets their work finish, and closes them. */
  @Override
  public void close() {
    byPid.values().forEach(this::remove);
    byPid.clear();
    join(leaving.values().stream());
    types.close();
  }

  /** What stands after the '~'; of a PID without one the whole, which no key can look like. */
  private static String key(String pid) {
    String prefix = DatabaseBind.FACTORY_PID + "~";
    return pid.startsWith(prefix) ? pid.substring(prefix.length()) : pid;
  }

  private static Map<String, Object> map(Dictionary<String, ?> properties) {
    Map<String, Object> map = new TreeMap<>();
    for (String name : Collections.list(properties.keys())) {
      map.put(name, properties.get(name));
    }
    return map;
  }
}
