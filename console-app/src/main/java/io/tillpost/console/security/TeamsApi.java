package io.tillpost.console.security;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.failure.OwnerSide;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The teams that exceptions can be given to, over HTTP. */
@RestController
@Tag(name = "Teams", description = "Who is in which team")
class TeamsApi {
  private final OperatorDirectory operators;

  TeamsApi(OperatorDirectory operators) {
    this.operators = operators;
  }

  /**
   * A team.
   *
   * @param mention how a comment asks all of it
   * @param members user names
   * @param side the side it is on, or null
   */
  record TeamView(String name, String mention, List<String> members, @Nullable OwnerSide side) {
    static TeamView of(Team team) {
      return new TeamView(team.name(), "@" + team.handle(), team.members(), team.side());
    }
  }

  @GetMapping("/api/v1/teams")
  @Operation(summary = "The teams of the users file with their members, in its order")
  List<TeamView> teams() {
    return operators.teams().all().stream().map(TeamView::of).toList();
  }
}
