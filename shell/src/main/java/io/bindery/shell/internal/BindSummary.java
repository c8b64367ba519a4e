package io.bindery.shell.internal;

import io.bindery.bind.BindState;
import io.bindery.bind.BindStatus;
import io.bindery.bind.DatabaseBind;
import java.util.List;

/** All binds in one line. */
final class BindSummary {
  private BindSummary() {}

  /**
   * The default bind's URL, without user and password, and how many others there are.
   *
   * @param binds what each bind says of itself
   */
  static String of(List<BindStatus> binds) {
    String defaults = "no default";
    int others = 0;
    for (BindStatus bind : binds) {
      if (!bind.key().equals(DatabaseBind.DEFAULT_KEY)) {
        others++;
        continue;
      }
      String state = bind.state() == BindState.UP ? "" : " (" + bind.state().word() + ")";
      defaults = (bind.url() == null ? DatabaseBind.DEFAULT_KEY : bind.url()) + state;
    }
    if (binds.isEmpty()) {
      return "none";
    }
    return others == 0
        ? defaults
        : "%s, +%d bind%s".formatted(defaults, others, others == 1 ? "" : "s");
  }
}
