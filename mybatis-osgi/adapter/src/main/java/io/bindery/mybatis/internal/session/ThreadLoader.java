package io.bindery.mybatis.internal.session;

/**
 * Gives the current thread a context class loader until it is closed. MyBatis and OGNL find the
 * classes of a model by it, at parsing and at each call.
 */
public final class ThreadLoader implements AutoCloseable {
  private final Thread thread = Thread.currentThread();
  private final ClassLoader before = thread.getContextClassLoader();

  private ThreadLoader(ClassLoader loader) {
    thread.setContextClassLoader(loader);
  }

  /**
   * Sets the loader.
   *
   * @param loader the model's class loader
   * @return puts the former loader back when closed, on the same thread
   */
  public static ThreadLoader use(ClassLoader loader) {
    return new ThreadLoader(loader);
  }

  @Override
  public void close() {
    thread.setContextClassLoader(before);
  }
}
