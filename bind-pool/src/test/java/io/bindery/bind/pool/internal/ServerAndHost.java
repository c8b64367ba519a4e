package io.bindery.bind.pool.internal;

import io.bindery.samples.server.CacheFolder;
import io.bindery.samples.server.MariaDbServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.osgi.framework.BundleException;

/**
 * Gives a test class, by its constructor, a {@link MariaDbServer} of its own with the databases
 * {@code one} and {@code two}, and each of its tests a new {@link BindHost}.
 */
final class ServerAndHost implements ParameterResolver {
  private static final Namespace OURS = Namespace.create(ServerAndHost.class);

  /** What one test has; ended with it. */
  private record OwnHost(Path folder, BindHost host) implements AutoCloseable {
    static OwnHost start() {
      try {
        Path folder = Files.createTempDirectory("bind-host-");
        return new OwnHost(folder, new BindHost(folder));
      } catch (IOException | BundleException e) {
        throw new IllegalStateException("cannot start a host", e);
      }
    }

    @Override
    public void close() throws Exception {
      host.close();
      CacheFolder.delete(folder);
    }
  }

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> kind = parameter.getParameter().getType();
    return kind == MariaDbServer.class || kind == BindHost.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    if (parameter.getParameter().getType() == MariaDbServer.class) {
      return test.getParent()
          .orElseThrow()
          .getStore(OURS)
          .computeIfAbsent(MariaDbServer.class, any -> startServer(), MariaDbServer.class);
    }
    return test.getStore(OURS)
        .computeIfAbsent(OwnHost.class, any -> OwnHost.start(), OwnHost.class)
        .host();
  }

  private static MariaDbServer startServer() {
    MariaDbServer server = MariaDbServer.start();
    server.execute("", "CREATE DATABASE one", "CREATE DATABASE two");
    return server;
  }
}
