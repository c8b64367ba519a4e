package io.bindery.bind.pool.internal.type;

import io.bindery.bind.pool.internal.config.ResolvedSettings;
import io.bindery.bind.pool.internal.life.BindTypes;
import io.bindery.bind.spi.BindType;
import io.bindery.error.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/** The bind types among the services, and the plain drivers for what no bind type serves. */
public final class AvailableTypes implements BindTypes, AutoCloseable {
  private final TrackedBindTypes types;
  private final TrackedDrivers drivers;

  /**
   * Looks for nothing before {@link #open}.
   *
   * @param context of this bundle
   * @param came is told that there is a new type or driver
   * @param go is told which types go, and returns when nothing uses them any more
   */
  public AvailableTypes(
      BundleContext context, Runnable came, Consumer<Collection<? extends BindType>> go) {
    this.types = new TrackedBindTypes(context, came, type -> go.accept(List.of(type)));
    this.drivers = new TrackedDrivers(context, came, go);
  }

  /** Begins to look. */
  public void open() {
    types.open();
    drivers.open();
  }

  @Override
  public void close() {
    drivers.close();
    types.close();
  }

  @Override
  public @Nullable BindType find(ResolvedSettings settings, @Nullable BindType serving) {
    BindType type = types.find(settings.type(), settings.connection().scheme());
    return type == null ? drivers.find(settings, serving) : type;
  }

  @Override
  public @Nullable String nameFor(String scheme) {
    BindType type = types.find(null, scheme);
    return type == null ? null : type.name();
  }

  @Override
  public boolean isStandIn(BindType type) {
    return type instanceof DriverBindType;
  }

  @Override
  public String absence(ResolvedSettings settings) {
    String type = settings.type();
    Collection<String> known = new TreeSet<>();
    types.addNames(known, type == null);
    String wanted = type == null ? settings.connection().scheme() : type;
    String nearest = NearestName.of(wanted, known);
    String there = known.isEmpty() ? "none is there" : "there are " + String.join(", ", known);
    List<String> plain = drivers.names();
    String other =
        plain.isEmpty() ? "" : "; for jdbc: urls the drivers " + String.join(", ", plain);
    String orDriver = settings.connection().jdbcUrl() == null ? "" : ", or the driver's own";
    String hint =
        nearest == null
            ? "; deploy the bundle that supplies it" + orDriver
            : "; did you mean '" + nearest + "'?";
    return "there is no bind type for '" + wanted + "' (" + there + other + ")" + hint;
  }
}
