package io.bindery.drops.internal;

import io.bindery.drops.DroppedFile;
import java.util.List;

/** What one thread carries: the files of its folders. For that thread alone. */
interface Cargo {
  /** The folders to scan before each call of {@link #carry}. */
  List<WatchedFolder> folders();

  /**
   * Hands over what changed.
   *
   * @param start whether the framework is ready for bundles to be started
   */
  void carry(boolean start);

  /** All that lay in the folders was handed over, with the framework ready; said each time. */
  void whole();

  /** What became of the files. */
  List<DroppedFile> files();
}
