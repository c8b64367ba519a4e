package io.bindery.benchmarks;

import io.bindery.samples.company.Company;
import io.bindery.samples.company.CompanyDatabase;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The packed host over the sample company on three servers, with the aggregate customer360.
 *
 * @param folder where results may be written
 */
record CompanyHost(
    Path folder, MariaDbServer crm, MariaDbServer shop, MariaDbServer support, PackedHost host)
    implements AutoCloseable {

  /**
   * Starts all of it, still empty.
   *
   * @param name the folder's name begins so
   */
  static CompanyHost start(String name) throws Exception {
    Path folder = Files.createTempDirectory(Path.of("benchmarks/target").toAbsolutePath(), name);
    return new CompanyHost(
        folder,
        MariaDbServer.start(),
        MariaDbServer.start(),
        MariaDbServer.start(),
        PackedHost.start(folder.resolve("home")));
  }

  /** Fills the servers and drops the files. */
  void load(Company company) throws Exception {
    CompanyDatabase.CRM.load(crm, company);
    CompanyDatabase.SHOP.load(shop, company);
    CompanyDatabase.SUPPORT.load(support, company);
    host.drop("bindery.bind-crm.cfg", "url = " + crm.url("crm"), "label.role = crm");
    host.drop("bindery.bind-shop.cfg", "url = " + shop.url("shop"), "label.role = shop");
    host.drop(
        "bindery.bind-support.cfg", "url = " + support.url("support"), "label.role = support");
    host.drop(
        "bindery.aggregate-customer360.cfg",
        "merge = customers, orders, tickets",
        "key = email",
        "select.orders = count() as orders, sum(amount) as total",
        "select.tickets = count(status = 'open') as open_tickets");
  }

  @Override
  public void close() {
    host.close();
    support.close();
    shop.close();
    crm.close();
  }
}
