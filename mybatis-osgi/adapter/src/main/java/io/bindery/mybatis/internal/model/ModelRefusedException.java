package io.bindery.mybatis.internal.model;

import java.util.List;

/** A model cannot work as it is. The message is one line with every problem that was found. */
public final class ModelRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Refuses a model.
   *
   * @param problems what is wrong, each with its place and remedy; at least one
   */
  public ModelRefusedException(List<String> problems) {
    super(String.join("; ", problems));
  }
}
