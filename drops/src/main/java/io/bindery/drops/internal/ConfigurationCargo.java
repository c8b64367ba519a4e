package io.bindery.drops.internal;

import io.bindery.drops.DroppedFile;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configuration files, on their way into ConfigAdmin; the home is settled after them. */
final class ConfigurationCargo implements Cargo {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationCargo.class);

  private final ConfigurationFolders folders;
  private final Supplier<@Nullable ConfigurationAdmin> admin;
  private final Settling settling;
  private final BooleanSupplier bundlesAreWhole;
  private @Nullable ConfigurationAdmin carriedTo;
  private @Nullable ConfigurationAdmin settledWith;

  ConfigurationCargo(
      ConfigurationFolders folders,
      Supplier<@Nullable ConfigurationAdmin> admin,
      Settling settling,
      BooleanSupplier bundlesAreWhole) {
    this.folders = folders;
    this.admin = admin;
    this.settling = settling;
    this.bundlesAreWhole = bundlesAreWhole;
  }

  @Override
  public List<WatchedFolder> folders() {
    return folders.folders();
  }

  @Override
  public void carry(boolean start) {
    carriedTo = admin.get();
    folders.carry(carriedTo);
  }

  @Override
  public void whole() {
    ConfigurationAdmin now = carriedTo;
    if (now == null || now == settledWith || !bundlesAreWhole.getAsBoolean()) {
      return;
    }
    try {
      settling.begin(now);
      settledWith = now;
    } catch (IOException | IllegalStateException e) {
      LOG.debug("ConfigAdmin went away; settled when it is back", e);
    }
  }

  @Override
  public List<DroppedFile> files() {
    return folders.files();
  }
}
