package io.tillpost.console.exceptions;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tillpost.console.security.Role;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;

/** What is done with teams: Banking has support in it, Master data the manager. */
abstract class TeamSteps extends InboxSteps {
  /** Of the exception that is shown, which the rule gives to Banking and to on-call. */
  final void aTeamIsChosenAndItsMembersStandFirst() {
    page().getByRole(AriaRole.BUTTON, named("Assign…")).click();
    Locator dialog = page().locator("vaadin-dialog[opened]");
    Locator team = dialog.getByLabel("Team");
    assertThat(team).hasValue("Banking · IT");
    assertThat(dialog.getByText("3 members, who are mailed where you choose nobody")).isVisible();
    team.fill("Till vendor");
    team.press("Enter");
    assertThat(dialog.getByText("No such team in the users file: nobody is in it or mailed"))
        .isVisible();
    team.fill("master");
    page().getByRole(AriaRole.OPTION, named("Master data · Business")).click();
    assertThat(dialog.getByText("1 member, who is mailed where you choose nobody")).isVisible();
    Locator who = dialog.getByLabel("Who");
    assertThat(who).hasValue("On-call Tester");
    who.fill("");
    assertThat(page().getByRole(AriaRole.OPTION).first()).hasText("Manager Tester · Master data");
    screenshot("exceptions-assign-dark");
    who.press("Escape");
    systemPrefers(ColorScheme.LIGHT);
    screenshot("exceptions-assign-light");
    systemPrefers(ColorScheme.DARK);
    dialog.getByRole(AriaRole.BUTTON, inside("Assign")).click();
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    assertThat(page().getByText(Pattern.compile("^Who has it: team Master data by hand")))
        .isVisible();
    page().getByRole(AriaRole.BUTTON, named("Assign…")).click();
    page().getByRole(AriaRole.BUTTON, named("As the rules say")).click();
  }

  /** Of a list in which Banking has one exception, and none of the others is of Banking. */
  final void whatIsOfMyTeamsHasATabAFilterAndAnEmptyState(String ofBanking, String other) {
    page().navigate("/exceptions");
    tab("My teams 1").click();
    assertThat(page()).hasURL(Pattern.compile(".*team=mine.*"));
    assertThat(row(ofBanking)).isVisible();
    assertThat(row(other)).hasCount(0);
    screenshot("exceptions-my-teams-light");
    Assertions.assertThat(ofTheTeamsOf("support")).isEqualTo(1);
    Assertions.assertThat(ofTheTeamsOf("manager")).isEqualTo(0);
    Assertions.assertThat(csvRows("support")).isEqualTo(1);

    row(ofBanking).click();
    Locator comment = page().getByLabel("Comment");
    assertThat(
            page()
                .getByText(
                    Pattern.compile("@banking, @master-data asks a whole team, and is under My")))
        .isVisible();
    comment.fill("Whose is this, @Master-Data?");
    page().getByRole(AriaRole.BUTTON, named("Comment")).click();
    assertThat(page().getByText("support: Whose is this, @Master-Data?")).isVisible();
    Assertions.assertThat(ofTheTeamsOf("manager")).isEqualTo(1);

    Page asked = secondPerson(Role.MANAGER);
    asked.navigate("/exceptions?team=mine");
    assertThat(asked.getByText(Pattern.compile("@ your team is asked$")).first()).isVisible();

    Page inNone = secondPerson(Role.ADMIN);
    inNone.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    inNone.navigate("/exceptions?team=mine&status=NEW");
    assertThat(inNone.getByText("You are in no team, so no exception is of your teams."))
        .isVisible();
    inNone.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "screenshots", "exceptions-no-team-dark.png")));

    page().getByRole(AriaRole.BUTTON, named("Take the filter away: My teams")).click();
    assertThat(row(other)).isVisible();
  }

  private long csvRows(String user) {
    APIResponse csv = page().request().get("/api/v1/exceptions.csv?team=mine", as(user));
    return csv.text().lines().count() - 1;
  }
}
