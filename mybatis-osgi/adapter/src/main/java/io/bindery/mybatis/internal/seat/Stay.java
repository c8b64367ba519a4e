package io.bindery.mybatis.internal.seat;

import io.bindery.model.Model;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * One stay of a model in the seat.
 *
 * @param reference the model's service, or null when it has left
 * @param context the context of the model's bundle
 * @param rule its filter
 * @param refusal why it does not serve, or null
 * @param absence tells this absence from later ones, or null while the model is here
 */
record Stay(
    @Nullable ServiceReference<Model> reference,
    @Nullable BundleContext context,
    FilterRule rule,
    @Nullable String refusal,
    @Nullable Object absence) {
  static Stay of(ServiceReference<Model> reference, @Nullable BundleContext context) {
    return new Stay(
        reference, context, FilterRule.of(reference.getProperty(Model.FILTER)), null, null);
  }

  Stay renewed() {
    return reference == null
        ? this
        : new Stay(
            reference,
            context,
            FilterRule.of(reference.getProperty(Model.FILTER)).after(rule),
            refusal,
            null);
  }

  Stay after(FilterRule before) {
    return new Stay(reference, context, rule.after(before), refusal, absence);
  }

  Stay refused(String why) {
    return new Stay(reference, context, rule, why, null);
  }

  Stay left(Object leaving) {
    return new Stay(null, context, rule, refusal, leaving);
  }
}
