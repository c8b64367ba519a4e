package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.testing.PackedHost;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Which bind a model's mappers work on. The numbers in the names are those of Flask-SQLAlchemy's
 * cases.
 */
class FlaskModelsIT {
  private static FlaskHost flask;
  private static PackedHost host;

  /**
   * Binds: default, other, a and b, each on a database of its own. Models: DefaultModel with
   * NoteMapper has no filter; OtherModel with OtherMapper is for other; AModel and BModel for a and
   * b.
   */
  @BeforeAll
  static void start() throws Exception {
    flask = new FlaskHost();
    host = flask.host();
    flask.server().execute("", "CREATE DATABASE `default` CHARACTER SET utf8mb4");
    flask.databases("other", "a", "b");
    deploy(
        new NotesModel().mapper("NoteMapper").model("DefaultModel", "", "NoteMapper"), "demo.main");
    deploy(
        new NotesModel()
            .mapper("OtherMapper")
            .mapper("SecondMapper")
            .mapper("ElsewhereMapper")
            .source(
                "ChildMapper",
                """
                package demo;
                interface ChildMapper extends OtherMapper {
                  @org.apache.ibatis.annotations.Select("SELECT COUNT(*) FROM notes") long count();
                }
                """)
            .model("OtherModel", "(bind.key=other)", "OtherMapper", "SecondMapper", "ChildMapper")
            .model("ElsewhereModel", "(bind.key=a)", "ElsewhereMapper"),
        "demo.other");
    deploy(
        new NotesModel().mapper("AbMapper").model("AbModel", "(label.set=ab)", "AbMapper"),
        "demo.ab");
    flask.up("default");
    flask.up("other");
    flask.up("a", "label.set = ab", "pool.maximumPoolSize = 3");
    flask.up("b", "label.set = ab");
    flask.awaitAnswer("model:list", "AbModel");
    flask.awaitAnswer("model:list", "ElsewhereModel");
    flask.awaitAnswer("model:list", "DefaultModel");
  }

  private static void deploy(NotesModel model, String name) throws Exception {
    Path jar = model.jar(flask.folder(), name);
    host.deploy(name + ".jar", jar);
  }

  @AfterAll
  static void stop() throws Exception {
    flask.close();
  }

  /** What a mapper method prints as CSV: the rows, or the message of its failure. */
  private static String call(String method, String... more) {
    return flask.ask("model:call " + method + " " + String.join(" ", more) + " --format csv");
  }

  private static void freshNotes(String... databases) {
    for (String database : databases) {
      flask
          .server()
          .execute(
              database,
              "DROP TABLE IF EXISTS notes",
              "CREATE TABLE notes (id INT PRIMARY KEY, note_text VARCHAR(40) NOT NULL)");
    }
  }

  private static void dropNotes(String... databases) {
    for (String database : databases) {
      flask.server().execute(database, "DROP TABLE IF EXISTS notes");
    }
  }

  @Test
  void case13_aModelWithoutAFilterBelongsToTheDefaultBindAndIsShownSo() {
    assertThat(flask.ask("model:show DefaultModel"))
        .containsPattern("filter +\\(bind\\.key=default\\)")
        .containsPattern("binds +default\n");
  }

  @Test
  void case19_aKeyedBindHasAPoolAndSettingsOfItsOwn() {
    assertThat(flask.ask("bind:show a"))
        .containsPattern("key +a\n")
        .containsPattern("pool +\\d+ active, \\d+ idle, 0 waiting, 3 max")
        .containsPattern("pool.maximumPoolSize +3 +etc/bindery.bind-a.cfg");
    assertThat(flask.ask("bind:show default"))
        .containsPattern("pool +\\d+ active, \\d+ idle, 0 waiting, 10 max")
        .containsPattern("pool.maximumPoolSize +10 +default");
  }

  @Test
  void case20_conventionsSetOnceHoldOnEveryBind() throws Exception {
    freshNotes("default", "a", "b");
    // the naming of columns is one for all models; what drivers are told once is told for all binds
    host.drop("bindery.defaults.cfg", "driver.sessionVariables = sql_mode='ANSI_QUOTES'");
    flask.awaitAnswer("bind:show default", "driver.sessionVariables");
    flask.awaitAnswer("bind:show a", "driver.sessionVariables");
    flask.awaitAnswer("bind:show b", "driver.sessionVariables");
    for (String key : new String[] {"default", "a", "b"}) {
      flask.server().execute(key, "INSERT INTO notes VALUES (1, 'on " + key + "')");
      flask.awaitUp(key);
      String mapper = key.equals("default") ? "NoteMapper" : "AbMapper";
      assertThat(call(mapper + ".all", "--bind", key))
          .isEqualTo("id,note_text\n1,on " + key + "\n");
      assertThat(flask.ask("bind:show " + key)).contains("sql_mode='ANSI_QUOTES'");
    }
    host.delete("bindery.defaults.cfg");
    for (String key : new String[] {"default", "other", "a", "b"}) {
      flask.awaitNoAnswer("bind:show " + key, "driver.sessionVariables");
    }
  }

  @Test
  void case21_tablesComeAndGoForEachMapperOnItsOwnBind() {
    dropNotes("default", "other");
    assertThat(call("NoteMapper.all")).contains("NoteMapper.all", "'default'", "doesn't exist");
    assertThat(call("OtherMapper.all")).contains("OtherMapper.all", "'other'", "doesn't exist");
    call("NoteMapper.create");
    assertThat(call("NoteMapper.all")).doesNotContain("doesn't exist");
    assertThat(call("OtherMapper.all")).contains("doesn't exist");
    call("OtherMapper.create");
    assertThat(call("OtherMapper.all")).doesNotContain("doesn't exist");
    call("NoteMapper.drop");
    call("OtherMapper.drop");
    assertThat(call("NoteMapper.all")).contains("doesn't exist");
    assertThat(call("OtherMapper.all")).contains("doesn't exist");
  }

  @Test
  void case22_whatIsDoneOnNamedBindsTouchesNoOther() {
    dropNotes("default", "a", "b");
    call("AbMapper.create", "--bind", "a");
    assertThat(call("AbMapper.all", "--bind", "a")).doesNotContain("doesn't exist");
    assertThat(call("AbMapper.all", "--bind", "b")).contains("'b'", "doesn't exist");
    assertThat(call("NoteMapper.all")).contains("'default'", "doesn't exist");
    // a list of binds: one call each
    call("AbMapper.create", "--bind", "b");
    assertThat(call("AbMapper.all", "--bind", "b")).doesNotContain("doesn't exist");
    assertThat(call("NoteMapper.all")).contains("'default'", "doesn't exist");
    assertThat(call("AbMapper.all")).contains("it serves on several binds; choose one of: a, b");
  }

  @Test
  void case23_existingTablesAreSeenOnlyThroughTheirOwnBind() {
    freshNotes("a", "b");
    flask.server().execute("a", "INSERT INTO notes VALUES (1, 'a was here')");
    flask.server().execute("b", "CREATE TABLE only_b (id INT)");
    call("AbMapper.add", "id=2", "text=more", "--bind", "a");
    assertThat(call("AbMapper.all", "--bind", "a"))
        .isEqualTo("id,note_text\n1,a was here\n2,more\n");
    assertThat(call("AbMapper.all", "--bind", "b")).doesNotContain("a was here");
    flask.server().execute("b", "DROP TABLE only_b");
  }

  @Test
  void case27_aMapperWithoutAKeyRunsOnTheDefaultAndAKeyedOneOnItsBind() {
    freshNotes("default", "other");
    call("NoteMapper.add", "id=1", "text=default");
    call("OtherMapper.add", "id=1", "text=other");
    assertThat(call("NoteMapper.all")).endsWith("\n1,default\n");
    assertThat(call("OtherMapper.all")).endsWith("\n1,other\n");
  }

  @Test
  void case28_aMapperThatExtendsAnotherWorksOnTheBindOfItsModel() {
    freshNotes("default", "other");
    call("ChildMapper.add", "id=1", "text=child");
    assertThat(call("ChildMapper.all")).isEqualTo("id,note_text\n1,child\n");
    assertThat(call("ChildMapper.count")).isEqualTo("value\n1\n");
    assertThat(call("OtherMapper.byId", "id=1")).isEqualTo("id,note_text\n1,child\n");
    assertThat(call("NoteMapper.all")).isEqualTo("id,note_text\n");
  }

  @Test
  void case29_rowsOfTwoMappersStayApartThroughSeveralCommits() {
    freshNotes("default", "other");
    for (int id = 1; id <= 2; id++) {
      call("NoteMapper.add", "id=" + id, "text=d" + id);
      call("OtherMapper.add", "id=" + (id + 10), "text=o" + id);
    }
    assertThat(call("NoteMapper.all")).isEqualTo("id,note_text\n1,d1\n2,d2\n");
    assertThat(call("OtherMapper.all")).isEqualTo("id,note_text\n11,o1\n12,o2\n");
  }

  @Test
  void case30_aStatementWithoutAKeyIsForTheDefault() {
    freshNotes("default", "other");
    assertThat(call("NoteMapper.add", "id=5", "text=x")).isEqualTo("updated\n1\n");
    assertThat(call("NoteMapper.byId", "id=5")).isEqualTo("id,note_text\n5,x\n");
    assertThat(call("OtherMapper.byId", "id=5")).isEqualTo("id,note_text\n");
  }

  @Test
  void case31_aFilterForAMissingBindIsAcceptedAndTheModelSaysWhatItWaitsFor() throws Exception {
    deploy(
        new NotesModel().mapper("LateMapper").model("LateModel", "(bind.key=late)", "LateMapper"),
        "demo.late");
    flask.awaitAnswer("model:list", "LateModel");
    assertThat(flask.ask("model:show LateModel")).contains("none matches the filter", "late");
    assertThat(call("LateMapper.all")).contains("'LateModel'", "(bind.key=late)");
  }

  @Test
  void case32_oneNameOfATableOnTwoBindsWorksApart() {
    freshNotes("default", "other");
    call("NoteMapper.add", "id=1", "text=here");
    assertThat(call("OtherMapper.all")).isEqualTo("id,note_text\n");
    call("OtherMapper.drop");
    assertThat(call("NoteMapper.all")).isEqualTo("id,note_text\n1,here\n");
  }

  @Test
  void case33_anOperatorsFileWinsOverTheModelsFilter() throws Exception {
    freshNotes("a", "b");
    deploy(
        new NotesModel().mapper("MovedMapper").model("MovedModel", "(bind.key=a)", "MovedMapper"),
        "demo.moved");
    flask.awaitAnswer("model:list", "MovedModel");
    host.drop("demo.MovedModel.cfg", "bind.filter = (bind.key=b)");
    flask.awaitAnswer("model:show MovedModel", "(bind.key=b)");
    flask.awaitNoAnswer("model:show MovedModel", "none matches the filter");
    call("MovedMapper.add", "id=1", "text=moved");
    assertThat(call("AbMapper.all", "--bind", "b")).endsWith("\n1,moved\n");
    assertThat(call("AbMapper.all", "--bind", "a")).isEqualTo("id,note_text\n");
  }

  @Test
  void case34_aModelBundleWithoutAKeyIsForTheDefault() {
    assertThat(flask.ask("model:list --format json"))
        .containsPattern(
            "\"name\":\"DefaultModel\",\"bundle\":\"demo.main 1.0.0\",\"filter\":\"\\(bind.key=default\\)\",\"binds\":\\[\"default\"]");
  }

  @Test
  void case35_aModelBundleWithAKeyIsForThatBind() {
    assertThat(flask.ask("model:list --format json"))
        .containsPattern(
            "\"name\":\"OtherModel\",\"bundle\":\"demo.other 1.0.0\",\"filter\":\"\\(bind.key=other\\)\",\"binds\":\\[\"other\"]");
  }

  @Test
  void case36_equalClassNamesInTwoBundlesOnTwoBindsStayDistinct() throws Exception {
    freshNotes("a", "b");
    deploy(
        new NotesModel().mapper("TwinMapper").model("TwinModel", "(bind.key=a)", "TwinMapper"),
        "demo.twin1");
    deploy(
        new NotesModel().mapper("TwinMapper").model("TwinModel", "(bind.key=b)", "TwinMapper"),
        "demo.twin2");
    flask.awaitAnswer("model:list", "demo.twin1");
    flask.awaitAnswer("model:list", "demo.twin2");
    call("TwinMapper.add", "id=1", "text=first", "--bind", "a");
    call("TwinMapper.add", "id=1", "text=second", "--bind", "b");
    assertThat(call("TwinMapper.all", "--bind", "a")).endsWith("\n1,first\n");
    assertThat(call("TwinMapper.all", "--bind", "b")).endsWith("\n1,second\n");
  }

  @Test
  void case38_allMappersOfAModelHaveItsKeyAndAnotherModelOfTheBundleMayHaveAnother() {
    freshNotes("other", "a");
    call("OtherMapper.add", "id=1", "text=x");
    assertThat(call("SecondMapper.all")).isEqualTo("id,note_text\n1,x\n");
    assertThat(call("ElsewhereMapper.all")).isEqualTo("id,note_text\n");
    assertThat(flask.ask("model:show ElsewhereModel")).containsPattern("binds +a\n");
  }

  @Test
  void own_anUnknownKeyIsNamedWhereItIsUsed() {
    assertThat(call("AbMapper.all", "--bind", "nope"))
        .contains("mapper 'AbMapper': there is no bind 'nope'", "there are: a, b, default, other");
    assertThat(call("AbMapper.create", "--bind", "nope")).contains("'nope'");
    assertThat(flask.ask("bind:show nope")).contains("bind 'nope': not configured");
  }

  @Test
  void own_aMapperNeverFallsBackToTheDefaultBind() throws Exception {
    freshNotes("default", "other");
    flask.delete("other");
    assertThat(call("OtherMapper.add", "id=1", "text=lost")).contains("'OtherModel'", "other");
    assertThat(call("NoteMapper.all")).isEqualTo("id,note_text\n");
    flask.up("other");
    assertThat(call("OtherMapper.add", "id=1", "text=found")).isEqualTo("updated\n1\n");
    assertThat(call("NoteMapper.all")).isEqualTo("id,note_text\n");
  }
}
