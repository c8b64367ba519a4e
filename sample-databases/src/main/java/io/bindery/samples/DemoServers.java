package io.bindery.samples;

import io.bindery.samples.company.Company;
import io.bindery.samples.company.CompanyDatabase;
import io.bindery.samples.server.MariaDbServer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Three servers with the sample company: {@code crm} and {@code crm_eu} on the first, {@code shop},
 * {@code support}. Filled once, then kept in the cache of the user.
 */
final class DemoServers implements AutoCloseable {
  private final MariaDbServer crm;
  private final MariaDbServer shop;
  private final MariaDbServer support;

  private DemoServers(MariaDbServer crm, MariaDbServer shop, MariaDbServer support) {
    this.crm = crm;
    this.shop = shop;
    this.support = support;
  }

  /** Starts the three side by side; returns when all take connections. */
  static DemoServers start(Company company) {
    String version = company.fingerprint();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<CompletableFuture<MariaDbServer>> servers =
          List.of(
              start(threads, version, company, CompanyDatabase.CRM, CompanyDatabase.CRM_EU),
              start(threads, version, company, CompanyDatabase.SHOP),
              start(threads, version, company, CompanyDatabase.SUPPORT));
      try {
        CompletableFuture.allOf(servers.toArray(CompletableFuture<?>[]::new)).join();
      } catch (CompletionException e) {
        servers.stream()
            .filter(server -> !server.isCompletedExceptionally())
            .forEach(server -> server.join().close());
        throw new IllegalStateException(String.valueOf(cause(e).getMessage()), e);
      }
      return new DemoServers(servers.get(0).join(), servers.get(1).join(), servers.get(2).join());
    } finally {
      threads.shutdown();
    }
  }

  /** The server of {@code crm} and {@code crm_eu}. */
  MariaDbServer crm() {
    return crm;
  }

  /** The server of {@code shop}. */
  MariaDbServer shop() {
    return shop;
  }

  /** The server of {@code support}. */
  MariaDbServer support() {
    return support;
  }

  @Override
  public void close() {
    crm.close();
    shop.close();
    support.close();
  }

  private static CompletableFuture<MariaDbServer> start(
      ExecutorService threads, String version, Company company, CompanyDatabase... databases) {
    String content = "company-" + databases[0].name().toLowerCase(Locale.ROOT) + "-" + version;
    return CompletableFuture.supplyAsync(
        () ->
            MariaDbServer.startFilled(
                content,
                server -> {
                  for (CompanyDatabase database : databases) {
                    database.load(server, company);
                  }
                }),
        threads);
  }

  private static Throwable cause(CompletionException e) {
    Throwable cause = e.getCause();
    return cause == null ? e : cause;
  }
}
