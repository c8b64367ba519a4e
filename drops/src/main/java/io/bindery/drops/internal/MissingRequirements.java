package io.bindery.drops.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** Says in one readable line why a bundle does not start. */
final class MissingRequirements {
  private static final Pattern PACKAGE = Pattern.compile("\\(osgi\\.wiring\\.package=([^)]*)\\)");
  private static final Pattern HOST = Pattern.compile("\\(osgi\\.wiring\\.host=([^)]*)\\)");
  private static final Pattern LEAST = Pattern.compile("\\(version>=([^)]*)\\)");
  private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=([^)]*)\\)\\)");
  private static final Pattern JAVA =
      Pattern.compile("\\(&\\(osgi\\.ee=JavaSE\\)\\(version=([^)]*)\\)\\)");

  private MissingRequirements() {}

  /** Why starting failed, with what is missing where that is the reason. */
  static String explain(Bundle bundle, FrameworkWiring wiring, BundleException failure) {
    List<String> missing = missing(bundle, wiring);
    if (!missing.isEmpty()) {
      boolean java = missing.stream().allMatch(each -> each.startsWith("needs Java "));
      return "cannot start: "
          + String.join(", ", missing)
          + (java
              ? "; this is Java " + Runtime.version().feature() + ", run the host with that one"
              : "; no installed bundle offers that: drop one that does");
    }
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String text = cause == failure ? oneLine(failure.getMessage()) : oneLine(cause.toString());
    return failure.getType() == BundleException.ACTIVATOR_ERROR
        ? "cannot start: its activator failed: " + text
        : "cannot start: " + text;
  }

  /**
   * What a bundle needs and cannot have. What an installed bundle would offer, were it not for what
   * that one needs, is followed down to the last that is missing.
   */
  static List<String> missing(Bundle bundle, FrameworkWiring wiring) {
    return missing(bundle, wiring, new HashSet<>());
  }

  private static List<String> missing(Bundle bundle, FrameworkWiring wiring, Set<Bundle> asked) {
    List<String> missing = new ArrayList<>();
    @Nullable BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null || !asked.add(bundle)) {
      return missing;
    }
    for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
      Map<String, String> directives = requirement.getDirectives();
      String effective = directives.getOrDefault(Constants.EFFECTIVE_DIRECTIVE, "resolve");
      String resolution = directives.getOrDefault(Constants.RESOLUTION_DIRECTIVE, "mandatory");
      if (effective.equals("resolve") && resolution.equals("mandatory")) {
        String wanted = "needs " + shown(requirement.getNamespace(), filter(directives));
        String why = unavailable(requirement, wiring, asked);
        if (why != null) {
          missing.add(wanted + why);
        }
      }
    }
    return missing;
  }

  /** Null when a requirement can be met, else which bundle would and what that one needs. */
  private static @Nullable String unavailable(
      BundleRequirement requirement, FrameworkWiring wiring, Set<Bundle> asked) {
    String why = "";
    for (BundleCapability offer : wiring.findProviders(requirement)) {
      Bundle supplier = offer.getRevision().getBundle();
      List<String> lacks =
          supplier.getState() == Bundle.INSTALLED
              ? missing(supplier, wiring, asked)
              : List.<String>of();
      if (lacks.isEmpty()) {
        return null;
      }
      why =
          " of '%s %s', which %s"
              .formatted(
                  supplier.getSymbolicName(), supplier.getVersion(), String.join(" and ", lacks));
    }
    return why;
  }

  private static String filter(Map<String, String> directives) {
    return directives.getOrDefault(Constants.FILTER_DIRECTIVE, "");
  }

  static String shown(String namespace, String filter) {
    String wanted =
        switch (namespace) {
          case PackageNamespace.PACKAGE_NAMESPACE -> named("package ", PACKAGE, filter);
          case HostNamespace.HOST_NAMESPACE -> named("host bundle ", HOST, filter);
          case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE ->
              named("Java ", JAVA, filter);
          default -> null;
        };
    return wanted == null ? namespace + " " + filter : wanted + range(filter);
  }

  private static @Nullable String named(String what, Pattern pattern, String filter) {
    Matcher matcher = pattern.matcher(filter);
    return matcher.find() ? what + matcher.group(1) : null;
  }

  private static String range(String filter) {
    Matcher least = LEAST.matcher(filter);
    if (!least.find()) {
      return "";
    }
    Matcher below = BELOW.matcher(filter);
    return below.find()
        ? " [" + least.group(1) + "," + below.group(1) + ")"
        : " " + least.group(1) + " or later";
  }

  static String oneLine(@Nullable String text) {
    String line = text == null ? "" : text.strip().replaceAll("\\s+", " ");
    return line.length() > 300 ? line.substring(0, 300) + "..." : line;
  }
}
