import * as pulumi from "@pulumi/pulumi";
import { getSentryTeamOutput } from "@pulumiverse/sentry/getSentryTeam";
import { SentryIssueAlert } from "@pulumiverse/sentry/sentryIssueAlert";
import { SentryKey } from "@pulumiverse/sentry/sentryKey";
import { SentryProject } from "@pulumiverse/sentry/sentryProject";
import type { ErrorTrackingSpec } from "../stagewright/environment/schema/errors";

export interface ErrorTrackingArgs {
  spec: ErrorTrackingSpec;
}

/**
 * A Sentry project (or an existing one as it is), a key of this environment's own, and a mail for
 * every new issue in it.
 */
export class ErrorTracking extends pulumi.ComponentResource {
  /**
   * The public DSN, which programs send events to. It can only send, so it may be seen in a
   * browser.
   */
  readonly dsn: pulumi.Output<string>;
  /** The Sentry environment that events must be tagged with. */
  readonly environment: pulumi.Output<string>;
  readonly projectSlug: pulumi.Output<string>;

  constructor(
    name: string,
    private readonly args: ErrorTrackingArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("stagewright:index:ErrorTracking", name, {}, opts);
    const { spec } = args;

    this.projectSlug = spec.existing ? pulumi.output(spec.project) : this.project(name).slug;
    this.dsn = this.key(name).dsnPublic;
    this.environment = pulumi.output(spec.environment);
    if (spec.alert) this.alert(name, spec.alert.everyMinutes);

    this.registerOutputs({ dsn: this.dsn, environment: this.environment, projectSlug: this.projectSlug });
  }

  private project(name: string): SentryProject {
    const { organization, team, project, platform } = this.args.spec;
    return new SentryProject(
      name,
      { organization, teams: [team], name: project, slug: project, platform },
      { parent: this },
    );
  }

  private key(name: string): SentryKey {
    const { organization, environment } = this.args.spec;
    return new SentryKey(
      `${name}-key`,
      { organization, project: this.projectSlug, name: environment },
      { parent: this },
    );
  }

  private alert(name: string, everyMinutes: number): SentryIssueAlert {
    const { organization, team, environment } = this.args.spec;
    const { internalId } = getSentryTeamOutput({ organization, slug: team }, { parent: this });
    return new SentryIssueAlert(
      `${name}-alert`,
      {
        organization,
        project: this.projectSlug,
        name: `New issue in ${environment}`.slice(0, 64), // Sentry's limit
        actionMatch: "any",
        filterMatch: "all",
        // Not the alert's own environment: Sentry refuses one that no event came from yet, so the
        // first `up` would fail.
        filters: [
          {
            id: "sentry.rules.filters.tagged_event.TaggedEventFilter",
            key: "environment",
            match: "eq",
            value: environment,
          },
        ],
        conditions: [{ id: "sentry.rules.conditions.first_seen_event.FirstSeenEventCondition" }],
        actions: [
          { id: "sentry.mail.actions.NotifyEmailAction", targetType: "Team", targetIdentifier: internalId },
        ],
        frequency: everyMinutes,
      },
      { parent: this },
    );
  }
}
