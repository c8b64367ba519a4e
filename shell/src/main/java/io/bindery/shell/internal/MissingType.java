package io.bindery.shell.internal;

import io.bindery.bind.BindSetting;
import io.bindery.bind.BindState;
import io.bindery.bind.BindStatus;
import io.bindery.bind.DatabaseBind;
import io.bindery.bind.spi.BindType;
import io.bindery.drops.DroppedFile;
import io.bindery.drops.Drops;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.jdbc.DataSourceFactory;

/** Why there is no bind type of the name that a bind asks for. */
final class MissingType {
  private static final String JAR = ".jar";

  private final Services services;
  private final String wanted;

  private MissingType(Services services, String wanted) {
    this.services = services;
    this.wanted = wanted;
  }

  /** The type that a bind asks for and nobody offers; null when it is there, or not known. */
  static @Nullable MissingType of(DatabaseBind bind, Services services) {
    String wanted = wanted(bind);
    BindStatus status = bind.status();
    boolean served = status.state() != BindState.WAITING && status.type() != null;
    if (wanted == null || (served && wanted.equals(status.type()))) {
      return null;
    }
    for (Map.Entry<String, Services.TypeOfBundle> known : services.types().entrySet()) {
      if (known.getKey().equals(wanted) || known.getValue().schemes().contains(wanted)) {
        return null;
      }
    }
    return new MissingType(services, wanted);
  }

  private static @Nullable String wanted(DatabaseBind bind) {
    String wanted = bind.status().generation() > 0 ? null : bind.status().type();
    for (BindSetting setting : bind.settings()) {
      boolean url = setting.name().equals("url") && setting.value().contains("://");
      if (wanted == null && setting.name().equals("type")) {
        wanted = setting.value();
      } else if (wanted == null && url) {
        String scheme = setting.value().substring(0, setting.value().indexOf("://"));
        wanted = scheme.replaceFirst("^jdbc:", "").replaceFirst("[+:].*", "");
      }
    }
    return wanted;
  }

  /** Says what is missing; null when the bind's own reason said so. */
  @Nullable String said(BindStatus status) {
    Map<String, Services.TypeOfBundle> types = services.types();
    String reason = status.rejected() == null ? status.reason() : status.rejected();
    return reason.contains("'" + wanted + "'")
        ? null
        : "type '%s'; drop a bundle that offers it into deploy/; the types are %s"
            .formatted(wanted, types.isEmpty() ? "none" : String.join(", ", types.keySet()));
  }

  /** What should offer the type and does not, with what keeps it from that; may be empty. */
  List<String> causes() {
    Drops drops = services.dropsIfAny();
    List<DroppedFile> jars =
        drops == null ? List.of() : drops.files().stream().filter(MissingType::isJar).toList();
    List<String> causes = new ArrayList<>();
    for (Bundle bundle : services.bundles()) {
      if (claimsTypes(bundle) && !services.offersType(bundle)) {
        causes.add(
            "bundle '%s %s' offers bind types and does not run: %s"
                .formatted(bundle.getSymbolicName(), bundle.getVersion(), obstacle(bundle, jars)));
      }
    }
    List<DroppedFile> refused =
        jars.stream().filter(jar -> jar.target() == null && jar.problem() != null).toList();
    List<DroppedFile> named = refused.stream().filter(this::isNamedAfterIt).toList();
    for (DroppedFile jar : named.isEmpty() && causes.isEmpty() ? refused : named) {
      causes.add(services.shown(jar.path()) + " could hold it: " + jar.problem());
    }
    return causes;
  }

  private String obstacle(Bundle bundle, List<DroppedFile> jars) {
    String target = bundle.getSymbolicName() + " " + bundle.getVersion();
    for (DroppedFile jar : jars) {
      if (target.equals(jar.target()) && jar.problem() != null) {
        return services.shown(jar.path()) + " " + jar.problem();
      }
    }
    return bundle.getState() == Bundle.ACTIVE
        ? "it is active, and its component waits for something; see scr:list"
        : "start it with: start " + bundle.getBundleId();
  }

  private static boolean claimsTypes(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null) {
      return false;
    }
    for (BundleCapability offered : revision.getDeclaredCapabilities("osgi.service")) {
      Object types = offered.getAttributes().get("objectClass");
      if (types instanceof Collection<?> several
          && (several.contains(BindType.class.getName())
              || several.contains(DataSourceFactory.class.getName()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isJar(DroppedFile file) {
    return lower(file.path()).contains(JAR) || lower(file.path()).endsWith(".zip");
  }

  private boolean isNamedAfterIt(DroppedFile jar) {
    return lower(jar.path()).contains(wanted.toLowerCase(Locale.ROOT));
  }

  private static String lower(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
  }
}
