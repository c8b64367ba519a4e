package io.bindery.mybatis.internal.seat;

import io.bindery.bind.DatabaseBind;
import io.bindery.model.Model;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The filter that says which binds a model is for.
 *
 * @param text the filter as it was given
 * @param filter the filter, or null when it is wrong
 * @param problem what is wrong with it, or null
 */
record FilterRule(String text, @Nullable Filter filter, @Nullable String problem) {
  /** What a bind is doing must not decide whether it belongs to a model. */
  private static final List<String> PASSING =
      List.of(DatabaseBind.STATE, DatabaseBind.REASON, DatabaseBind.GENERATION);

  private static final Pattern ATTRIBUTE =
      Pattern.compile("(?<!\\\\)\\(\\s*([^()=<>~]+?)\\s*[<>~]?=");

  /**
   * Reads the property of a model.
   *
   * @param property the value of {@code bind.filter}, or null when there is none
   */
  static FilterRule of(@Nullable Object property) {
    if (property == null) {
      return of("(%s=%s)".formatted(DatabaseBind.KEY, DatabaseBind.DEFAULT_KEY));
    }
    if (!(property instanceof String text)) {
      return new FilterRule(
          property.toString(),
          null,
          "%s is no text but a %s".formatted(Model.FILTER, property.getClass().getSimpleName()));
    }
    try {
      Filter filter = FrameworkUtil.createFilter(text);
      Matcher attributes = ATTRIBUTE.matcher(text);
      while (attributes.find()) {
        String name = attributes.group(1);
        if (PASSING.stream().anyMatch(name::equalsIgnoreCase)) {
          return new FilterRule(
              text,
              null,
              ("%s '%s' names %s, which changes while a bind works; choose by bind.key, bind.type"
                      + " or label.*")
                  .formatted(Model.FILTER, text, name));
        }
      }
      return new FilterRule(text, filter, null);
    } catch (InvalidSyntaxException e) {
      return new FilterRule(
          text,
          null,
          "%s '%s' is no filter: %s; write one like (bind.key=crm) or (label.role=crm)"
              .formatted(Model.FILTER, text, e.getMessage()));
    }
  }

  /**
   * This rule, or while it is wrong, what the one before it chose: a wrong filter takes no source
   * away from those who read it.
   *
   * @param before the rule that was in force
   */
  FilterRule after(FilterRule before) {
    return problem == null || before.filter == null
        ? this
        : new FilterRule(
            text,
            before.filter,
            "%s; until then %s stays in force".formatted(problem, before.filter));
  }

  /**
   * Whether a bind is meant.
   *
   * @param bind the bind's service
   */
  boolean matches(ServiceReference<?> bind) {
    return filter != null && filter.match(bind);
  }
}
