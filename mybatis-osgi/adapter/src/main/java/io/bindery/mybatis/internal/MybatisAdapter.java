package io.bindery.mybatis.internal;

import io.bindery.bind.DatabaseBind;
import io.bindery.model.Model;
import io.bindery.model.ModelStatus;
import io.bindery.model.Models;
import io.bindery.mybatis.internal.call.Units;
import io.bindery.mybatis.internal.seat.BindEntry;
import io.bindery.mybatis.internal.seat.ModelBoard;
import io.bindery.mybatis.internal.session.DeadlineWatch;
import io.bindery.mybatis.internal.session.Timeouts;
import io.bindery.mybatis.internal.unit.OpenUnits;
import io.bindery.source.Cancellation;
import io.bindery.unit.UnitOfWork;
import io.bindery.unit.UnitSettings;
import io.bindery.unit.UnitsOfWork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Makes mapper services and row sources of the models and binds that are registered. Immediate,
 * because it is these that others wait for, not its own service.
 */
@Component(configurationPid = "bindery.models", immediate = true)
@Designate(ocd = AdapterSettings.class)
public final class MybatisAdapter implements Models, UnitsOfWork {
  private final DeadlineWatch watch = new DeadlineWatch();
  private final OpenUnits open = new OpenUnits(this::timeouts, watch);
  private final ModelBoard board;
  private final ModelDirectory directory;
  private final BundleContext context;
  private final SynchronousBundleListener bundles;
  private final ServiceTracker<DatabaseBind, BindEntry> binds;
  private final ServiceTracker<Model, Model> models;
  private volatile Timeouts timeouts;
  private volatile RowReading rows;

  /**
   * Starts to follow models and binds.
   *
   * @param context the adapter's bundle
   * @param settings the settings
   */
  @Activate
  public MybatisAdapter(BundleContext context, AdapterSettings settings) {
    this.context = context;
    this.timeouts = SettingsReader.read(settings, Timeouts.USUAL);
    this.rows = SettingsReader.rows(settings, RowReading.COMPILED);
    Units units = new Units(this::timeouts, watch, open);
    this.board =
        new ModelBoard(context, this::timeouts, watch, units, () -> rows == RowReading.COMPILED);
    this.directory = new ModelDirectory(board, units);
    this.binds = new ServiceTracker<>(context, DatabaseBind.class, new BindsTracked());
    this.models = new ServiceTracker<>(context, Model.class, new ModelsTracked());
    this.bundles =
        event -> {
          if (event.getType() == BundleEvent.UNINSTALLED) {
            board.bundleUninstalled(event.getBundle());
          } else if (event.getType() == BundleEvent.STARTED) {
            board.bundleStarted(event.getBundle());
          }
        };
    context.addBundleListener(bundles);
    binds.open();
    models.open();
  }

  /**
   * Takes new settings, which hold from the next call on.
   *
   * @param settings the settings
   */
  @Modified
  public void modified(AdapterSettings settings) {
    timeouts = SettingsReader.read(settings, timeouts);
    rows = SettingsReader.rows(settings, rows);
  }

  private Timeouts timeouts() {
    return timeouts;
  }

  @Override
  public List<ModelStatus> models() {
    return directory.models();
  }

  @Override
  public CalledRows call(
      String mapper,
      String method,
      Map<String, String> parameters,
      @Nullable String bindKey,
      Duration timeout,
      Cancellation cancellation) {
    return directory.call(mapper, method, parameters, bindKey, timeout, cancellation);
  }

  @Override
  public <T> T mapper(Class<T> mapper, String bindKey) {
    return directory.mapper(mapper, bindKey);
  }

  @Override
  public UnitOfWork begin(UnitSettings settings) {
    return open.begin(settings);
  }

  @Override
  public UnitOfWork open(UnitSettings settings) {
    return open.open(settings);
  }

  @Override
  public UnitOfWork current() {
    return open.current();
  }

  @Override
  public boolean isCurrent() {
    return open.isCurrent();
  }

  /** Withdraws all services, waits for what runs, and lets models and binds go. */
  @Deactivate
  public void deactivate() {
    context.removeBundleListener(bundles);
    board.close();
    open.close();
    models.close();
    binds.close();
    watch.close();
  }

  private final class ModelsTracked implements ServiceTrackerCustomizer<Model, Model> {
    @Override
    public @Nullable Model addingService(ServiceReference<Model> reference) {
      Model model = context.getService(reference);
      if (model != null) {
        board.modelCame(reference, model);
      }
      return model;
    }

    @Override
    public void modifiedService(ServiceReference<Model> reference, Model model) {
      board.modelChanged(reference);
    }

    @Override
    public void removedService(ServiceReference<Model> reference, Model model) {
      board.modelGoes(reference);
      context.ungetService(reference);
    }
  }

  private final class BindsTracked implements ServiceTrackerCustomizer<DatabaseBind, BindEntry> {
    @Override
    public @Nullable BindEntry addingService(ServiceReference<DatabaseBind> reference) {
      DatabaseBind bind = context.getService(reference);
      return bind == null ? null : board.bindCame(reference, bind);
    }

    @Override
    public void modifiedService(ServiceReference<DatabaseBind> reference, BindEntry entry) {
      board.bindChanged(entry);
    }

    @Override
    public void removedService(ServiceReference<DatabaseBind> reference, BindEntry entry) {
      board.bindGoes(entry);
      context.ungetService(reference);
    }
  }
}
