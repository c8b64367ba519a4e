package io.bindery.benchmarks.inside;

import io.bindery.aggregate.Aggregator;
import io.bindery.model.Model;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Offers the models of the three databases and the commands. */
public final class Inside implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    model(context, "crm", CustomerQueries.class);
    model(context, "shop", OrderQueries.class);
    model(context, "support", TicketQueries.class);
    Map<String, Object> commands =
        Map.of(
            "osgi.command.scope",
            "bench",
            "osgi.command.function",
            new String[] {"lookups", "calls", "arrival", "gone"});
    context.registerService(Commands.class, new Commands(context), new Hashtable<>(commands));
  }

  private static void model(BundleContext context, String bind, Class<?> mapper) {
    Model model = () -> List.of(mapper);
    context.registerService(
        Model.class, model, new Hashtable<>(Map.of(Model.FILTER, "(bind.key=" + bind + ")")));
  }

  static Aggregator aggregator(BundleContext context) {
    ServiceReference<Aggregator> reference = context.getServiceReference(Aggregator.class);
    if (reference == null) {
      throw new IllegalStateException("there is no aggregator");
    }
    return context.getService(reference);
  }

  @Override
  public void stop(BundleContext context) {
    // the framework takes all services back
  }
}
