package io.bindery.itests;

import java.nio.file.Path;

/**
 * A bundle that puts a host under load from inside, as an application would: threads that call a
 * mapper service, read the aggregate {@code all_items}, lease the bind {@code main} and take
 * connections of its data source, and count what is wrong.
 */
final class LoadBundle {
  /** The rows that the table {@code items} must hold: {@code (i, 'item-i')}, from 0 on. */
  static final int ITEMS = 200;

  private LoadBundle() {}

  /**
   * Builds it; its commands are {@code load:begin THREADS}, {@code load:report} and {@code
   * load:end}.
   *
   * @param folder where to work
   */
  static Path build(Path folder) throws Exception {
    return ModelJar.build(folder, "demo.load", "load", "Item", "ItemMapper", "Load", "LoadModel");
  }
}
