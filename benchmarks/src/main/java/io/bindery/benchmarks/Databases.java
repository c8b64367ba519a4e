package io.bindery.benchmarks;

import io.bindery.samples.company.Company;
import io.bindery.samples.company.CompanyDatabase;
import io.bindery.samples.server.MariaDbServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The three databases of the sample company.
 *
 * @param places of customers, orders and tickets
 * @param processes the servers, those on this machine
 * @param own the servers to stop at the end
 */
record Databases(List<Place> places, List<Long> processes, List<MariaDbServer> own)
    implements AutoCloseable {
  private static final List<CompanyDatabase> TABLES =
      List.of(CompanyDatabase.CRM, CompanyDatabase.SHOP, CompanyDatabase.SUPPORT);

  /** Three embedded servers. */
  static Databases embedded(Company company) throws SQLException, IOException {
    List<MariaDbServer> servers = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    for (CompanyDatabase table : TABLES) {
      MariaDbServer server = MariaDbServer.start();
      servers.add(server);
      table.load(server, company);
      places.add(new Place(server.url(table.database())));
    }
    return of(places, servers);
  }

  /**
   * Databases of running servers, which are filled when they are empty.
   *
   * @param urls of customers, orders and tickets
   */
  static Databases given(List<String> urls, Company company) throws SQLException, IOException {
    List<Place> places = urls.stream().map(Place::new).toList();
    for (int i = 0; i < places.size(); i++) {
      try (Connection connection = connect(places.get(i))) {
        TABLES.get(i).fillOnce(connection, company);
      }
    }
    return of(places, List.of());
  }

  private static Databases of(List<Place> places, List<MariaDbServer> own)
      throws SQLException, IOException {
    List<Long> processes = new ArrayList<>();
    for (Place place : places) {
      try (Connection connection = connect(place);
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT @@pid_file")) {
        row.next();
        long process = Long.parseLong(Files.readString(Path.of(row.getString(1))).strip());
        if (!processes.contains(process)) {
          processes.add(process);
        }
      } catch (NoSuchFileException e) {
        System.out.println(place + " is on another machine: its processor time is not measured");
      }
    }
    return new Databases(places, processes, own);
  }

  static Connection connect(Place place) throws SQLException {
    String options = "?allowLoadLocalInfile=true&allowPublicKeyRetrieval=true";
    return DriverManager.getConnection(place.jdbcUrl() + options, place.user(), place.password());
  }

  @Override
  public void close() {
    own.forEach(MariaDbServer::close);
  }
}
