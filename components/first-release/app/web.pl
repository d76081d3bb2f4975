# Answers every request with 503 until the app's first deploy. Runs on the bare stack image: perl and its core modules only.
use strict;
use warnings;
use IO::Socket::INET;

my $port = $ENV{PORT} or die "PORT is not set\n";
my $server = IO::Socket::INET->new(LocalPort => $port, Listen => 64, ReuseAddr => 1)
    or die "cannot listen on port $port: $@\n";

# Heroku stops a dyno with SIGTERM; a browser may hang up before it is answered.
$SIG{TERM} = sub { exit 0 };
$SIG{PIPE} = 'IGNORE';

my $body = "Nothing is deployed yet.\n";
my $answer = join "\r\n",
    'HTTP/1.1 503 Service Unavailable',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Length: ' . length($body),
    'Cache-Control: no-store',
    'Retry-After: 60',
    'Connection: close',
    '', $body;

while (my $client = $server->accept) {
    # One slow client must not keep the others waiting for ever.
    eval {
        local $SIG{ALRM} = sub { die "slow\n" };
        alarm 5;
        while (defined(my $line = <$client>)) { last if $line =~ /^\r?\n$/ }
        print $client $answer;
        alarm 0;
    };
    alarm 0;
    close $client;
}
