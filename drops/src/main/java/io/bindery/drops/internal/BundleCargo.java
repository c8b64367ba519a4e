package io.bindery.drops.internal;

import io.bindery.drops.DroppedFile;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The jars of the deploy folder, on their way into the framework. */
final class BundleCargo implements Cargo {
  private final DeployFolder folder;
  private final BundleDelivery bundles;
  private final Runnable whenWhole;
  private final AtomicBoolean bundlesChanged = new AtomicBoolean();
  private volatile boolean whole;

  /**
   * Nothing is carried yet.
   *
   * @param whenWhole called once when all that lay in the folder at start was started
   */
  BundleCargo(DeployFolder folder, BundleDelivery bundles, Runnable whenWhole) {
    this.folder = folder;
    this.bundles = bundles;
    this.whenWhole = whenWhole;
  }

  /** Bundles came, went or changed: what failed before may work now. For all threads. */
  void bundlesChanged() {
    bundlesChanged.set(true);
  }

  /** Whether all that lay in the folder at start was started. For all threads. */
  boolean isWhole() {
    return whole;
  }

  @Override
  public List<WatchedFolder> folders() {
    return List.of(folder.folder());
  }

  @Override
  public void carry(boolean start) {
    if (bundlesChanged.getAndSet(false)) {
      bundles.retryFailed();
    }
    folder.carry(start);
  }

  @Override
  public void whole() {
    if (!whole) {
      whole = true;
      whenWhole.run();
    }
  }

  @Override
  public List<DroppedFile> files() {
    return folder.files();
  }
}
