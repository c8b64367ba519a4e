.DEFAULT_GOAL := help

.PHONY: help build test format demo mysql soak bench clean

help: ## what there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

build: ## the distribution, without tests: host/target/distribution/bindery-VERSION
	./mvnw -q -DskipTests package

test: ## all tests on embedded databases
	./mvnw verify

mysql: ## the tests on real MySQL servers; needs libaio, and REALDATA=folder of the public samples
	./mvnw verify -Pmysql -DskipTests -Dbindery.realdata=$(REALDATA) -pl itests -am

soak: ## the long tests in full: load under change, redeployments, mutated files, killed hosts, random plans, a million customers
	./mvnw verify -Psoak -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
	  -Dit.test=NeverLetsGoIT,RedeploymentIT,MutatedFilesIT,KilledHostIT,RandomPlansIT,MillionCustomersIT -pl itests -am

bench: build ## the packed host beside JDBC and MyBatis by hand; docs/benchmarks.md says what BENCH=options may hold
	java -Dbindery.distribution=$$(echo host/target/distribution/bindery-*/) \
	  -cp 'benchmarks/target/*:benchmarks/target/lib/*' io.bindery.benchmarks.Bench $(BENCH)

format: ## formats every source file
	./mvnw -q spotless:apply

demo: ## the main job on embedded databases
	./bindery demo

clean: ## removes everything that was built
	./mvnw -q clean
